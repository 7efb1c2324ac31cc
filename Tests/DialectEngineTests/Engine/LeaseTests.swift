import DialectCore
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct LeaseTests {
    @Test func everyStatementOfTheBodyRunsOnOneConnection() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withConnection { connection in
                try await connection.execute("SELECT 1")
                try await connection.execute("SELECT 2")
            }
            #expect(mock.database.log == ["connect", "1 execute SELECT 1", "1 execute SELECT 2", "1 reset"])
        }
    }

    @Test func theBodysResultAndErrorComeThrough() async throws {
        try await MockEngine.with { mock in
            let result = try await mock.engine.withConnection { _ in 7 }
            #expect(result == 7)
            await #expect(throws: Oops()) { try await mock.engine.withConnection { _ in throw Oops() } }
            #expect(mock.engine.poolStatistics.inUse == 0)
        }
    }

    @Test func anOpenTransactionDoesNotReachTheNextUser() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withConnection { connection in try await connection.begin(.readWrite) }
            #expect(mock.database.openTransactions == 0)
            #expect(mock.database.log.last == "1 reset")
        }
    }

    @Test(arguments: MockDatabase.Call.leaseCalls)
    func aConnectionKeptBeyondItsClosureTouchesNothing(call: MockDatabase.Call) async throws {
        try await MockEngine.with { mock in
            let kept = try await mock.engine.withConnection { $0 }
            mock.database.clearLog()
            let error = await call.failure(on: kept)
            #expect(error?.code == .connectionClosed)
            #expect(mock.database.log == [])
        }
    }

    @Test func closingAConnectionKeptBeyondItsClosureTouchesNothing() async throws {
        try await MockEngine.with { mock in
            let kept = try await mock.engine.withConnection { $0 }
            await kept.close()
            #expect(mock.database.openConnections == 1)
            #expect(!mock.database.log.contains("1 close"))
        }
    }

    @Test func aCursorKeptBeyondItsClosureTouchesNothing() async throws {
        try await MockEngine.with { mock in
            let kept = try await mock.engine.withConnection { try await $0.openCursor("SELECT 1") }
            mock.database.clearLog()
            let error = await #expect(throws: DatabaseError.self) { _ = try await kept.nextBatch(limit: 1) }
            #expect(error?.code == .connectionClosed)
            await kept.close()
            #expect(mock.database.log == [])
        }
    }

    @Test func aConnectionThatItsUserClosedIsReplaced() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withConnection { await $0.close() }
            try await mock.engine.execute("SELECT 1")
            #expect(mock.database.connectionsEverOpened == 2)
        }
    }

    @Test func aConnectionWithACallLeftBehindIsNotReused() async throws {
        try await MockEngine.with { mock in
            mock.database.hold(.execute)
            let leftBehind = try await mock.engine.withConnection { connection in
                let task = Task { try await connection.execute("SELECT 1") }
                #expect(await eventually { mock.database.heldCalls(.execute) == 1 })
                return task
            }
            mock.database.release(.execute)
            _ = try await leftBehind.value
            try await mock.engine.execute("SELECT 2")
            #expect(mock.database.log.contains("2 execute SELECT 2"))
        }
    }

    @Test func rowsAreStreamed() async throws {
        try await MockEngine.with { mock in
            let count = try await mock.engine.withConnection { connection in
                try await connection.withRows(of: "SELECT 1") { rows in
                    var count = 0
                    for try await _ in rows { count += 1 }
                    return count
                }
            }
            #expect(count == 4)
        }
    }

    @Test func theBodyRunsOnTheConnectionsExecutor() async throws {
        try await MockEngine.with { mock in
            let executor = QueueExecutor()
            mock.database.setExecutor(executor)
            let places = try await mock.engine.withConnection { connection in
                let before = executor.isCurrent
                try await connection.execute("SELECT 1")
                return [before, executor.isCurrent]
            }
            #expect(places == [true, true])
        }
    }
}

extension MockDatabase.Call {
    /// The calls that a lease passes on and that can fail.
    static let leaseCalls: [MockDatabase.Call] = [
        .execute, .fetch, .begin, .commit, .rollBack, .savepoint, .ping, .reset,
    ]

    /// Makes the call and returns its error.
    func failure(on connection: PooledConnection) async -> DatabaseError? {
        do throws(DatabaseError) {
            switch self {
            case .execute: try await connection.execute("SELECT 1")
            case .fetch: _ = try await connection.openCursor("SELECT 1")
            case .begin: try await connection.begin(.readWrite)
            case .commit: try await connection.commit()
            case .rollBack: try await connection.rollBack()
            case .savepoint: try await connection.savepoint(.set("s"))
            case .ping: try await connection.ping()
            case .reset: try await connection.reset()
            case .connect, .close: break
            }
            return nil
        } catch {
            return error
        }
    }
}

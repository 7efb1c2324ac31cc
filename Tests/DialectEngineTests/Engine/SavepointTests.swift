import DialectCore
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct SavepointTests {
    @Test func anInnerTransactionIsASavepoint() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withTransaction { connection in
                try await connection.withTransaction {
                    try await connection.withTransaction { try await connection.execute("INSERT") }
                }
            }
            #expect(
                mock.database.log == [
                    "connect", "1 begin", "1 savepoint set level_1", "1 savepoint set level_2", "1 execute INSERT",
                    "1 savepoint release level_2", "1 savepoint release level_1", "1 commit", "1 reset",
                ]
            )
        }
    }

    @Test func anInnerErrorUndoesTheInnerWorkOnly() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withTransaction { connection in
                await #expect(throws: Oops()) { try await connection.withTransaction { throw Oops() } }
                try await connection.execute("INSERT")
            }
            #expect(
                mock.database.log == [
                    "connect", "1 begin", "1 savepoint set level_1", "1 savepoint rollBack level_1",
                    "1 savepoint release level_1", "1 execute INSERT", "1 commit", "1 reset",
                ]
            )
        }
    }

    @Test func anInnerTransactionThatCannotBeginLeavesTheOuterOneUsable() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withTransaction { connection in
                mock.database.fail(.savepoint, with: DatabaseError(.other, "no"))
                await #expect(throws: DatabaseError.self) { try await connection.withTransaction {} }
                try await connection.execute("INSERT")
            }
            #expect(mock.database.log.contains("1 commit"))
        }
    }

    @Test func aCancelledInnerTransactionIsUndoneAndItsOwnErrorComesThrough() async throws {
        try await MockEngine.with { mock in
            let task = Task {
                try await mock.engine.withTransaction { connection in
                    try await connection.withTransaction {
                        withUnsafeCurrentTask { $0?.cancel() }
                        throw Oops()
                    }
                }
            }
            await #expect(throws: Oops()) { try await task.value }
            #expect(mock.database.log.contains("1 savepoint rollBack level_1"))
            #expect(mock.database.log.contains("1 rollBack"))
        }
    }

    @Test func workThatCouldNotBeUndoneIsNotCommittedThoughTheErrorIsCaught() async throws {
        try await MockEngine.with { mock in
            let error = try await #require(throws: DatabaseError.self) {
                try await mock.engine.withTransaction { connection in
                    try await failToUndo(on: connection, mock.database)
                }
            }
            #expect(error.code == .invalidTransactionState)
            #expect(!mock.database.log.contains("1 commit"))
            #expect(mock.database.log.contains("1 rollBack"))
        }
    }

    @Test func aLaterTransactionOfTheSameLeaseMayCommitAgain() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withConnection { connection in
                await #expect(throws: DatabaseError.self) {
                    try await connection.withTransaction {
                        try await failToUndo(on: connection, mock.database)
                    }
                }
                try await connection.withTransaction {}
            }
            #expect(mock.database.log.contains("1 commit"))
        }
    }

    /// Leaves work behind that could not be undone, and catches the error.
    private func failToUndo(on connection: PooledConnection, _ database: MockDatabase) async throws {
        do {
            try await connection.withTransaction {
                database.fail(.savepoint, with: DatabaseError(.other, "no"))
                throw Oops()
            }
        } catch let error as TransactionError {
            #expect(error.body is Oops)
        }
    }
}

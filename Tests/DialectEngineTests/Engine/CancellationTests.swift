import DialectCore
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct CancellationTests {
    @Test func aCancelledWaiterFailsAndLeavesTheQueue() async throws {
        try await MockEngine.with {
            $0.maximumSize = 1
        } _: { mock in
            let engine = mock.engine
            try await engine.withConnection { _ in
                let waiting = Task { try await engine.execute("SELECT 1") }
                #expect(await eventually { engine.poolStatistics.waiting == 1 })
                waiting.cancel()
                let error = await #expect(throws: DatabaseError.self) { try await waiting.value }
                #expect(error?.code == .cancelled)
                #expect(engine.poolStatistics.waiting == 0)
            }
        }
    }

    @Test func aTaskThatIsCancelledBeforehandGetsNoConnection() async throws {
        try await MockEngine.with { mock in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await mock.engine.execute("SELECT 1")
            }
            let error = await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            #expect(mock.engine.poolStatistics.inUse == 0)
            #expect(!mock.database.log.contains { $0.contains("execute") })
        }
    }

    @Test(arguments: [MockDatabase.Call.connect, .begin, .execute, .fetch, .savepoint])
    func aCallThatHangsEndsWithItsTaskAndLeavesNothing(call: MockDatabase.Call) async throws {
        try await MockEngine.with { mock in
            mock.database.hold(call)
            let task = Task { try await everything(mock.engine) }
            #expect(await eventually { mock.database.heldCalls(call) == 1 })
            task.cancel()
            await #expect(throws: DatabaseError.self) { try await task.value }
            mock.database.release(call)
            #expect(await eventually { mock.engine.poolStatistics.inUse == 0 })
            #expect(mock.database.openTransactions == 0)
            #expect(mock.database.violations == [])
        }
    }

    @Test func aCommitThatHasBegunIsNotCancelled() async throws {
        try await MockEngine.with { mock in
            mock.database.hold(.commit)
            let task = Task { try await everything(mock.engine) }
            #expect(await eventually { mock.database.heldCalls(.commit) == 1 })
            task.cancel()
            mock.database.release(.commit)
            try await task.value
            #expect(!mock.database.log.contains("1 rollBack"))
        }
    }

    /// 10,000 tasks on eight connections, each cancelled at a random point of its work.
    @Test func aStormOfCancellationsLeavesNothingBehind() async throws {
        try await MockEngine.with {
            $0.maximumSize = 6
            $0.maximumOverflow = 2
            $0.pingAfterIdle = .zero
        } _: { mock in
            mock.database.makeUnsteady()
            let engine = mock.engine
            let outcomes = await withTaskGroup(of: Outcome.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        var outcomes = Outcome()
                        for _ in 0..<100 {
                            let task = Task { try await everything(engine) }
                            for _ in 0..<Int.random(in: 0...300) { await Task.yield() }
                            task.cancel()
                            outcomes.note(await task.result)
                        }
                        return outcomes
                    }
                }
                return await group.reduce(into: Outcome()) { $0.add($1) }
            }
            #expect(outcomes.total == 10_000)
            #expect(outcomes.unexpected == [])
            // Otherwise the storm did not hit what it is about.
            #expect(outcomes.cancelled > 1000 && outcomes.finished > 100, "\(outcomes)")
            #expect(
                await eventually {
                    engine.poolStatistics.inUse + engine.poolStatistics.total == engine.poolStatistics.idle
                }
            )
            #expect(engine.poolStatistics.waiting == 0)
            #expect(mock.database.openTransactions == 0)
            #expect(mock.database.violations == [])
            #expect(mock.database.openConnections <= 8)
            try await everything(engine)
        }
    }

    private struct Outcome {
        var finished = 0
        var cancelled = 0
        var unexpected: [String] = []

        var total: Int { finished + cancelled + unexpected.count }

        mutating func note(_ result: Result<Void, any Error>) {
            switch result {
            case .success: finished += 1
            case .failure(let error as DatabaseError) where error.code == .cancelled: cancelled += 1
            case .failure(let error): unexpected.append("\(error)")
            }
        }

        mutating func add(_ other: Outcome) {
            finished += other.finished
            cancelled += other.cancelled
            unexpected += other.unexpected
        }
    }
}

/// Work that passes through every kind of call.
private func everything(_ engine: Engine) async throws {
    try await engine.withTransaction { connection in
        try await connection.execute("INSERT")
        try await connection.withTransaction { try await connection.execute("UPDATE") }
        try await connection.withRows(of: "SELECT") { rows in
            for try await _ in rows {}
        }
    }
}

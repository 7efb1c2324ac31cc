import DialectCore
import TestSupport
import Testing

@testable import DialectEngine

/// Statements that wait for a connection, and are started by whoever gives one back.
@Suite struct StartedStatementTests {
    /// An engine with one connection, which is out while `body` runs and comes back after it.
    private func withOneConnection<Result>(
        leavesRuns: Bool = false,
        _ adjust: (inout PoolConfiguration) -> Void = { _ in },
        _ body: (MockEngine) async throws -> Result
    ) async throws -> Result {
        try await MockEngine.with {
            $0.maximumSize = 1
            adjust(&$0)
        } _: { mock in
            mock.database.startStatements(leavesRuns: leavesRuns)
            return try await body(mock)
        }
    }

    private func wait(for count: Int, in engine: Engine) async {
        #expect(await eventually { engine.poolStatistics.waiting == count })
    }

    @Test(arguments: [false, true])
    func theyRunInTheOrderOfTheirArrival(leavesRuns: Bool) async throws {
        try await withOneConnection(leavesRuns: leavesRuns) { mock in
            let engine = mock.engine
            var waiting: [Task<StatementResult, any Error>] = []
            try await engine.withConnection { _ in
                for number in 1...5 {
                    waiting.append(Task { try await engine.execute("\(unsafe: "SELECT \(number)")") })
                    await wait(for: number, in: engine)
                }
                mock.database.clearLog()
            }
            for task in waiting { #expect(try await task.value.rows.count == 1) }
            let statements = mock.database.log.filter { $0.contains("execute") }
            #expect(statements == (1...5).map { "1 execute SELECT \($0)" })
            #expect(mock.database.log.filter { $0 == "1 start" }.count == 5)
            #expect(await eventually { engine.poolStatistics.idle == 1 })
            #expect(mock.database.violations == [])
        }
    }

    /// One that fails leaves the connection to the next; where it has lost it, another one is opened.
    @Test(arguments: [(DatabaseError.Code.uniqueViolation, 1), (.connectionLost, 2)])
    func oneThatFailsLetsTheNextRun(code: DatabaseError.Code, connections: Int) async throws {
        try await withOneConnection { mock in
            let engine = mock.engine
            var waiting: [Task<StatementResult, any Error>] = []
            try await engine.withConnection { _ in
                for count in 1...2 {
                    waiting.append(Task { try await engine.execute("SELECT 1") })
                    await wait(for: count, in: engine)
                }
                mock.database.fail(.execute, with: DatabaseError(code, "scripted"))
            }
            let error = await #expect(throws: DatabaseError.self) { try await waiting[0].value }
            #expect(error?.code == code)
            #expect(try await waiting[1].value.rows.count == 1)
            #expect(mock.database.connectionsEverOpened == connections)
        }
    }

    @Test(arguments: [false, true])
    func oneThatRunsEndsWithItsTask(leavesRuns: Bool) async throws {
        try await withOneConnection(leavesRuns: leavesRuns) { mock in
            let engine = mock.engine
            var waiting: Task<StatementResult, any Error>?
            try await engine.withConnection { _ in
                waiting = Task { try await engine.execute("SELECT 1") }
                await wait(for: 1, in: engine)
                mock.database.hold(.execute)
            }
            #expect(await eventually { mock.database.heldCalls(.execute) == 1 })
            waiting?.cancel()
            let error = await #expect(throws: DatabaseError.self) { try await waiting?.value }
            #expect(error?.code == .cancelled)
            mock.database.release(.execute)
            #expect(try await engine.execute("SELECT 2").rows.count == 1)
            #expect(mock.database.violations == [])
        }
    }

    @Test func oneThatWaitsTooLongIsNeverStarted() async throws {
        try await withOneConnection {
            $0.checkoutTimeout = .seconds(5)
        } _: { mock in
            let engine = mock.engine
            try await engine.withConnection { _ in
                let waiting = Task { try await engine.execute("SELECT 1") }
                #expect(await eventually { mock.isWaiting(for: .seconds(5)) })
                mock.clock.advance(by: .seconds(5))
                let error = await #expect(throws: DatabaseError.self) { try await waiting.value }
                #expect(error?.code == .poolTimeout)
            }
            #expect(!mock.database.log.contains { $0.contains("execute") })
        }
    }

    @Test func aTimeoutNamesTheStatementThatRuns() async throws {
        try await withOneConnection {
            $0.checkoutTimeout = .seconds(5)
        } _: { mock in
            let engine = mock.engine
            var waiting: Task<StatementResult, any Error>?
            try await engine.withConnection { _ in
                waiting = Task { try await engine.execute("SELECT slowly") }
                await wait(for: 1, in: engine)
                mock.database.hold(.execute)
            }
            #expect(await eventually { mock.database.heldCalls(.execute) == 1 })
            let late = Task { try await engine.execute("SELECT 2") }
            #expect(await eventually { mock.isWaiting(for: .seconds(5)) })
            mock.clock.advance(by: .seconds(5))
            let error = await #expect(throws: DatabaseError.self) { try await late.value }
            #expect(error?.message.contains("SELECT slowly") == true)
            mock.database.release(.execute)
            _ = try await waiting?.value
        }
    }

    /// 5,000 statements on three connections, each cancelled at a random point.
    @Test(arguments: [false, true])
    func aStormOfCancellationsLeavesNothingBehind(leavesRuns: Bool) async throws {
        try await MockEngine.with {
            $0.maximumSize = 3
        } _: { mock in
            mock.database.startStatements(leavesRuns: leavesRuns)
            mock.database.makeUnsteady()
            let engine = mock.engine
            let codes = await withTaskGroup(of: [DatabaseError.Code?].self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        var codes: [DatabaseError.Code?] = []
                        for _ in 0..<100 {
                            let task = Task { try await engine.execute("SELECT 1") }
                            for _ in 0..<Int.random(in: 0...100) { await Task.yield() }
                            task.cancel()
                            do {
                                _ = try await task.value
                                codes.append(nil)
                            } catch {
                                codes.append((error as? DatabaseError)?.code ?? .other)
                            }
                        }
                        return codes
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(codes.count == 5_000)
            #expect(codes.allSatisfy { $0 == nil || $0 == .cancelled })
            // Otherwise the storm did not hit what it is about.
            #expect(codes.filter { $0 == nil }.count > 50 && codes.filter { $0 == .cancelled }.count > 500)
            #expect(await eventually { engine.poolStatistics.idle == engine.poolStatistics.total })
            #expect(engine.poolStatistics.waiting == 0)
            #expect(mock.database.violations == [])
            #expect(mock.database.openConnections <= 3)
        }
    }
}

import DialectCore
import DialectEngine
import TestSupport
import Testing

/// Single statements of many tasks that wait for few connections, on real databases.
@Suite struct QueuedStatementTests {
    #if PostgreSQL
    @Test(.enabled(if: PostgreSQLServer.isAvailable)) func postgreSQLAnswersEachTask() async throws {
        try await PostgreSQLServer.shared().withDatabase { url in try await storm(url) }
    }

    @Test(.enabled(if: PostgreSQLServer.isAvailable)) func postgreSQLForgetsASettingOfOne() async throws {
        try await PostgreSQLServer.shared().withDatabase { url in
            try await forgets("SET TIME ZONE 'Asia/Tokyo'", asking: "SELECT current_setting('TimeZone')", url)
        }
    }
    #endif

    #if MySQL
    @Test(.enabled(if: MariaDBServer.isAvailable)) func mariaDBAnswersEachTask() async throws {
        try await MariaDBServer.shared().withDatabase { url in try await storm(url) }
    }

    @Test(.enabled(if: MariaDBServer.isAvailable)) func mariaDBForgetsASettingOfOne() async throws {
        try await MariaDBServer.shared().withDatabase { url in
            try await forgets("SET time_zone = '+09:00'", asking: "SELECT @@time_zone", url)
        }
    }
    #endif

    /// Every fourth statement fails, and every fifth is cancelled at a random moment; the others get what is theirs.
    private func storm(_ url: String) async throws {
        try await withEngine(url, connections: 3) { engine in
            try await withThrowingTaskGroup { group in
                for worker in 0..<48 {
                    group.addTask {
                        for round in 0..<40 {
                            let number = 1000 * worker + round
                            let statement: Statement =
                                round % 4 == 3 ? "SELECT \(number) + 0 FROM nowhere" : "SELECT \(number) + 0"
                            let task = Task { try await engine.execute(statement).rows.first?.decode(Int.self) }
                            if round % 5 == 4 {
                                for _ in 0..<Int.random(in: 0...200) { await Task.yield() }
                                task.cancel()
                            }
                            switch await task.result {
                            case .success(let answer): #expect(answer == number)
                            case .failure(let error as DatabaseError):
                                let isExpected =
                                    error.code == .undefinedObject && round % 4 == 3
                                    || error.code == .cancelled && round % 5 == 4
                                #expect(isExpected, "\(error)")
                            case .failure(let error): throw error
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(engine.poolStatistics.waiting == 0)
            #expect(await eventually { engine.poolStatistics.inUse == 0 })
        }
    }

    private func forgets(_ change: Statement, asking question: Statement, _ url: String) async throws {
        try await withEngine(url, connections: 1) { engine in
            let first = try await engine.execute(question).rows.first?.decode(String.self)
            let waiting = try await engine.withConnection { _ in
                let changing = Task { try await engine.execute(change).rows.first?.decode(String.self) }
                #expect(await eventually { engine.poolStatistics.waiting == 1 })
                let asking = Task { try await engine.execute(question).rows.first?.decode(String.self) }
                #expect(await eventually { engine.poolStatistics.waiting == 2 })
                return [changing, asking]
            }
            _ = try await waiting[0].value
            #expect(try await waiting[1].value == first)
        }
    }

    private func withEngine(_ url: String, connections: Int, _ body: (Engine) async throws -> Void) async throws {
        var pool = PoolConfiguration()
        pool.maximumSize = connections
        pool.maximumOverflow = 0
        // Other tests keep the processors busy for long, above all under Thread Sanitizer.
        pool.checkoutTimeout = .seconds(120)
        let engine = try Engine(url: url, configuration: EngineConfiguration(pool: pool))
        do {
            try await body(engine)
        } catch {
            await engine.dispose()
            throw error
        }
        await engine.dispose()
    }
}

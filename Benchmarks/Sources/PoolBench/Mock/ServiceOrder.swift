import DialectCore
import DialectEngine
import MockDatabase

/// Checks that a pool serves those who wait strictly in the order in which they came.
enum ServiceOrder {
    private static let count = 500

    /// Lets tasks queue up one by one for the only connection, and compares the order in which they get it.
    static func check() async throws {
        let served = Collected<Int>()
        let pool = PoolConfiguration(maximumSize: 1, maximumOverflow: 0)
        try await Engine.withEngine(
            url: DatabaseURL("mock://"),
            registry: DialectRegistry([MockDialect.self]),
            configuration: EngineConfiguration(pool: pool)
        ) { engine in
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await engine.withConnection { _ in
                    for number in 0..<count {
                        group.addTask {
                            // With one connection nobody else runs here, so this is the order of the pool.
                            try await engine.withConnection { _ in served.append(number) }
                        }
                        while engine.poolStatistics.waiting <= number { await Task.yield() }
                    }
                }
                try await group.waitForAll()
            }
        }
        guard served.elements == Array(0..<count) else {
            throw Failure.wrong("the pool did not serve strictly in the order of arrival")
        }
    }
}

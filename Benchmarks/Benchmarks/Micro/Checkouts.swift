import Benchmark
import DialectCore
import DialectEngine
import MockDatabase

/// Checkouts of a pool without a database: one task that never waits, and 64 tasks over 16 connections.
func registerCheckouts() {
    Benchmark("checkout and check-in, uncontended") { benchmark in
        try await withMock { engine in
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { try await engine.withConnection { _ in } }
            benchmark.stopMeasurement()
        }
    }
    Benchmark("checkout and check-in, 64 tasks over 16 connections") { benchmark in
        try await withMock { engine in
            let each = benchmark.scaledIterations.count / 64 + 1
            benchmark.startMeasurement()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        // A yield with a connection in hand, so that the others wait for it.
                        for _ in 0..<each { try await engine.withConnection { _ in await Task.yield() } }
                    }
                }
                try await group.waitForAll()
            }
            benchmark.stopMeasurement()
        }
    }
}

private func withMock(_ body: (Engine) async throws -> Void) async throws {
    let engine = try Engine(
        url: DatabaseURL("mock://local/"),
        registry: DialectRegistry([MockDialect.self]),
        configuration: EngineConfiguration(pool: PoolConfiguration(maximumSize: 16, maximumOverflow: 0))
    )
    do {
        try await engine.withConnection { _ in }
        try await body(engine)
        await engine.dispose()
    } catch {
        await engine.dispose()
        throw error
    }
}

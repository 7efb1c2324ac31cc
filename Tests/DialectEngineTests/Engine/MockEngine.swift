import DialectCore
import Logging
import TestSupport

@testable import DialectEngine

/// An engine on a mock database, with a clock that a test moves.
struct MockEngine {
    let database = MockDatabase()
    let clock = ManualClock()
    let engine: Engine

    init(
        _ adjust: (inout PoolConfiguration) -> Void = { _ in },
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        metrics: PoolMetrics? = nil,
        tracing: EngineTracing? = nil
    ) throws {
        let url = try database.url()
        var pool = MockDialect().poolDefaults(for: url)
        adjust(&pool)
        engine = try Engine(
            url: url,
            registry: MockDialect.registry(),
            configuration: EngineConfiguration(pool: pool),
            logger: logger,
            clock: ManualPoolClock(clock: clock),
            metrics: metrics,
            tracing: tracing
        )
    }

    /// Opens that many connections and leaves them idle.
    func fill(_ count: Int) async throws {
        guard count > 0 else { return }
        try await engine.withConnection { _ in try await fill(count - 1) }
    }

    /// Whether a checkout waits, and the pool's timer fires no later than at that time.
    func isWaiting(for time: Duration) -> Bool {
        engine.poolStatistics.waiting == 1 && clock.deadlines.contains { $0 <= time }
    }

    /// Runs `body` and disposes of the engine, so that no test leaves a task behind.
    static func with<Result>(
        _ adjust: (inout PoolConfiguration) -> Void = { _ in },
        logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        metrics: PoolMetrics? = nil,
        tracing: EngineTracing? = nil,
        _ body: (MockEngine) async throws -> Result
    ) async throws -> Result {
        let mock = try MockEngine(adjust, logger: logger, metrics: metrics, tracing: tracing)
        do {
            let result = try await body(mock)
            await mock.engine.dispose()
            return result
        } catch {
            await mock.engine.dispose()
            throw error
        }
    }
}

/// A test's clock in the pool's units.
struct ManualPoolClock: PoolClock {
    let clock: ManualClock

    var now: PoolInstant { PoolInstant(nanoseconds: clock.elapsed.saturatingNanoseconds) }

    func sleep(until moment: PoolInstant) async {
        try? await clock.sleep(until: ManualClock.Instant(offset: .nanoseconds(moment.nanoseconds)), tolerance: nil)
    }
}

/// An error of a test's own.
struct Oops: Error, Equatable {}

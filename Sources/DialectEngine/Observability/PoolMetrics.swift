internal import CoreMetrics

/// What a pool tells the program's metrics.
///
/// The names are those of OpenTelemetry, where it has one.
/// https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
final class PoolMetrics: Sendable {
    private let pool: String
    private let factory: any MetricsFactory
    private let idle: Gauge
    private let used: Gauge
    private let waiting: Gauge
    private let timeouts: Counter
    private let created: CoreMetrics.Timer
    private let waited: CoreMetrics.Timer
    private let held: CoreMetrics.Timer

    /// Makes the metrics of a pool; nil where the program collects none.
    init?(pool: String, factory: any MetricsFactory = MetricsSystem.factory) {
        guard !(factory is NOOPMetricsHandler) else { return nil }
        self.pool = pool
        self.factory = factory
        let name = ("db.client.connection.pool.name", pool)
        func gauge(_ label: String, _ dimensions: (String, String)...) -> Gauge {
            Gauge(label: "db.client.connection.\(label)", dimensions: [name] + dimensions, factory: factory)
        }
        func timer(_ label: String) -> CoreMetrics.Timer {
            CoreMetrics.Timer(
                label: "db.client.connection.\(label)",
                dimensions: [name],
                preferredDisplayUnit: .milliseconds,
                factory: factory
            )
        }
        idle = gauge("count", ("db.client.connection.state", "idle"))
        used = gauge("count", ("db.client.connection.state", "used"))
        waiting = gauge("pending_requests")
        timeouts = Counter(label: "db.client.connection.timeouts", dimensions: [name], factory: factory)
        created = timer("create_time")
        waited = timer("wait_time")
        held = timer("use_time")
    }

    /// Tells how many connections are in which state.
    func count(_ statistics: PoolStatistics) {
        idle.record(statistics.idle)
        used.record(statistics.inUse)
        waiting.record(statistics.waiting)
    }

    /// Tells how long the opening of a connection took.
    func created(in nanoseconds: Int64) { created.recordNanoseconds(nanoseconds) }

    /// Tells how long a checkout waited that got a connection.
    func waited(for nanoseconds: Int64) { waited.recordNanoseconds(nanoseconds) }

    /// Tells how long a connection was out.
    func held(for nanoseconds: Int64) { held.recordNanoseconds(nanoseconds) }

    /// Tells that a checkout got no connection in time.
    func timedOut() { timeouts.increment() }

    /// Tells why a connection was closed.
    func closed(_ reason: CloseReason) {
        let dimensions = [("db.client.connection.pool.name", pool), ("reason", "\(reason)")]
        Counter(label: "db.client.connection.closed", dimensions: dimensions, factory: factory).increment()
    }
}

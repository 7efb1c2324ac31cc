internal import DialectCore

/// A pool configuration in the machine's units: nanoseconds, with `Int64.max` for "never".
struct PoolLimits: Sendable {
    let minimumSize: Int
    let maximumSize: Int
    /// Connections that may exist at once, whatever their state.
    let total: Int
    let checkoutTimeout: Int64
    let idleTimeout: Int64
    let maximumAge: Int64
    let ageJitter: Double
    let pingAfterIdle: Int64

    /// Takes over a configuration that was validated.
    init(_ configuration: PoolConfiguration) {
        minimumSize = configuration.minimumSize
        maximumSize = configuration.maximumSize
        total = configuration.maximumSize + configuration.maximumOverflow
        checkoutTimeout = configuration.checkoutTimeout.saturatingNanoseconds
        idleTimeout = configuration.idleTimeout?.saturatingNanoseconds ?? .max
        maximumAge = configuration.maximumAge?.saturatingNanoseconds ?? .max
        ageJitter = configuration.ageJitter
        pingAfterIdle = configuration.pingAfterIdle?.saturatingNanoseconds ?? .max
    }

    /// When a connection opened at `now` is too old.
    func expiry(openedAt now: PoolInstant, random: inout SplitMix64) -> PoolInstant {
        guard maximumAge < .max else { return .distantFuture }
        let taken = Double(maximumAge) * ageJitter * random.nextUnit()
        return now.advanced(by: maximumAge - Int64(taken))
    }

    /// Whether a connection that is idle since `start` must be pinged before it is handed out.
    func needsPing(idleSince start: PoolInstant, now: PoolInstant) -> Bool {
        pingAfterIdle < .max && start.advanced(by: pingAfterIdle) <= now
    }
}

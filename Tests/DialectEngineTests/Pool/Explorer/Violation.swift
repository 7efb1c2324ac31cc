/// A rule of the pool that the explorer saw broken.
struct Violation: Error, CustomStringConvertible {
    enum Rule: Hashable, Sendable {
        case limit, minimum, oneHolder, fifo, answeredOnce, newestFirst, noIdleWhileWaiting, demand
        case timer, reset, ping, age, epoch, backoff, closeReason, shutdown, statistics
    }

    let rule: Rule
    let detail: String
    /// How many events had happened.
    var event = 0
    var seed: UInt64 = 0

    var description: String {
        """
        Seed \(seed) breaks the rule \(rule) at event \(event): \(detail). Replay it with \
        POOL_EXPLORER_SEED=\(seed) POOL_EXPLORER_EVENTS=\(event + 1) swift test --filter PoolExplorerTests
        """
    }
}

func check(
    _ rule: Violation.Rule,
    _ holds: Bool,
    _ detail: @autoclosure () -> String
) throws(Violation) {
    if !holds { throw Violation(rule: rule, detail: detail()) }
}

/// The clock of a pool.
///
/// Tests give one that they move by hand.
protocol PoolClock: Sendable {
    /// The present moment. Never earlier than one reported before.
    var now: PoolInstant { get }

    /// Returns at the moment, or earlier when the task is cancelled.
    func sleep(until moment: PoolInstant) async
}

/// A clock that goes on while the machine sleeps.
struct ContinuousPoolClock: PoolClock {
    private let origin = ContinuousClock.now

    var now: PoolInstant { PoolInstant(nanoseconds: (ContinuousClock.now - origin).saturatingNanoseconds) }

    func sleep(until moment: PoolInstant) async {
        try? await ContinuousClock().sleep(until: origin + .nanoseconds(moment.nanoseconds))
    }
}

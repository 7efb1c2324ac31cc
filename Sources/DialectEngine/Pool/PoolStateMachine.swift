internal import DialectCore

/// Decides what a connection pool does.
///
/// It knows no clock, no lock, no task and no database.
///
/// The shell reports each event with the present moment and performs the actions it gets back; every action that takes
/// time (open, ping, reset, close) ends in another event. The rules:
///
/// - A checkout takes the idle connection that came back last. When none is idle, or somebody already waits, it queues;
///   waiters are served strictly in the order of their arrival.
/// - As many connections are being prepared (opened, pinged, reset) as there are waiters, as far as the limit allows.
///   Whichever is ready first goes to the oldest waiter.
/// - Connections never exceed `maximumSize + maximumOverflow`; those that are still closing count.
/// - Each waiter is answered once: with a connection, at its deadline, with the error of an opening, or by a shutdown.
///
/// Every input is O(1) and allocates nothing in steady state; only a due timer looks at all idle connections.
struct PoolStateMachine: Sendable {
    enum Phase: Sendable {
        case running
        /// Shut down, but connections are left.
        case draining
        case drained
    }

    // Internal, not private, only because the rules are spread over several files.
    let limits: PoolLimits
    var phase = Phase.running
    var slots = ConnectionSlots()
    var waiters = WaiterQueue()
    var backoff = OpenBackoff()
    var random: SplitMix64
    /// Connections opened in an earlier epoch are closed when nobody uses them.
    var epoch: UInt64 = 0
    /// The latest moment that was reported.
    ///
    /// Events may arrive slightly out of order; time does not run backwards here.
    var latest = PoolInstant(nanoseconds: .min)
    /// When the shell will report `timerFired`.
    var timer: PoolInstant?
    /// No idle connection is too old before this moment.
    var nextExpiry = PoolInstant.distantFuture

    /// Makes a pool without connections.
    ///
    /// The configuration must be valid; the seed feeds the jitter.
    init(configuration: PoolConfiguration, seed: UInt64) {
        limits = PoolLimits(configuration)
        random = SplitMix64(seed: seed)
    }

    /// How many connections are in which state, and how many checkouts wait.
    var statistics: PoolStatistics {
        var statistics = slots.statistics
        statistics.waiting = waiters.count
        return statistics
    }

    /// Whether all connections that there may be are in use.
    var isExhausted: Bool { slots.statistics.inUse == limits.total }

    /// The moment to reckon with: the reported one, or the latest known where that is later.
    mutating func observe(_ now: PoolInstant) -> PoolInstant {
        latest = max(latest, now)
        return latest
    }
}

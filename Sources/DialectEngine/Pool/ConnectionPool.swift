import DialectCore
import Locking
import Logging

/// Performs what the pool's state machine decides: the thin shell around it.
///
/// The machine is consulted under the lock; its actions are performed outside of it.
final class ConnectionPool: Sendable {
    /// A connection that somebody checked out.
    struct Checkout: Sendable {
        let id: ConnectionID
        let session: PooledSession
        let user: PoolUser
        let since: PoolInstant
    }

    /// What the lock protects: the machine, and what its names stand for.
    struct State {
        var machine: PoolStateMachine
        /// The open sessions, each at the index of its slot.
        var sessions: [PooledSession?] = []
        /// The checkouts that wait, each at the index of its place in the queue.
        var waiters: [CheckoutWait?] = []
        var holders = PoolHolders()
        /// The task that waits for the timer's moment, and that moment.
        var timer: (task: Task<Void, Never>, moment: PoolInstant)?
        /// The last failure to open a connection, which explains a timeout while openings fail.
        var lastOpenError: DatabaseError?
    }

    let configuration: PoolConfiguration
    let connector: any Connector
    let clock: any PoolClock
    let logger: Logger
    let metrics: PoolMetrics?
    let tracing: EngineTracing?
    let tasks = OwnedTasks()
    let state: Locked<State>

    /// Makes a pool; the configuration must be valid.
    init(
        connector: any Connector,
        configuration: PoolConfiguration,
        clock: any PoolClock = ContinuousPoolClock(),
        logger: Logger,
        metrics: PoolMetrics? = nil,
        tracing: EngineTracing? = nil,
        seed: UInt64 = .random(in: .min ... .max)
    ) {
        self.connector = connector
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.metrics = metrics
        self.tracing = tracing
        state = Locked(State(machine: PoolStateMachine(configuration: configuration, seed: seed)))
    }

    deinit {
        // Only the timer can be left: every other task holds the pool.
        tasks.cancelAll()
        let connections = statistics.total
        guard connections > 0 else { return }
        logger.warning(
            "An engine was let go of without dispose(): its connections are dropped, not closed",
            metadata: ["connections": "\(connections)"]
        )
    }

    /// Opens the minimum size.
    func start() {
        report { machine, now in machine.start(now: now) }
        watchForLeaks()
    }

    /// How many connections are in which state.
    var statistics: PoolStatistics { state.withLock { $0.machine.statistics } }

    /// Whether the current task has a connection.
    var hasConnectionOfTask: Bool {
        guard let task = PoolUser.currentTask else { return false }
        return state.withLock { $0.holders.contains(task) }
    }

    /// Whether no shutdown has begun.
    var isOpen: Bool { state.withLock { $0.machine.phase == .running } }

    /// Closes every connection that is open now: the idle ones at once, the others when they come back.
    func invalidateAll() {
        report { machine, now in machine.invalidateAll(now: now) }
    }

    /// Fails all waiters, closes every connection as it comes back, and waits until none is left.
    ///
    /// Openings and pings under way are cancelled. A second caller waits as well.
    func shutDown() async {
        report { machine, now in machine.shutDown(now: now) }
        tasks.cancelAll()
        await drained.wait()
        await tasks.wait()
    }

    /// Opens when the machine has drained.
    let drained = Gate()

    /// Tells the machine about an event and performs what it decides.
    func report(_ event: (inout PoolStateMachine, PoolInstant) -> PoolActions) {
        let now = clock.now
        perform(state.withLock { $0.decide { event(&$0, now) } })
        metrics?.count(statistics)
    }
}

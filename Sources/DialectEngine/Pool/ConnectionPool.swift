import DialectCore
import Logging

/// Performs what the pool's state machine decides: the thin shell around it.
///
/// The machine is consulted under the lock; its actions are performed outside of it.
final class ConnectionPool: Sendable {
    /// A connection that somebody checked out.
    struct Checkout: Sendable {
        let id: ConnectionID
        let connection: any Connection
    }

    typealias Waiter = UnsafeContinuation<Result<Checkout, DatabaseError>, Never>

    /// What the lock protects: the machine, and what its names stand for.
    struct State {
        var machine: PoolStateMachine
        /// The open connections, each at the index of its slot.
        var connections: [(any Connection)?] = []
        var waiters: [WaiterID: Waiter] = [:]
        var timer: Task<Void, Never>?
    }

    let configuration: PoolConfiguration
    let connector: any Connector
    let clock: any PoolClock
    let logger: Logger
    let tasks = OwnedTasks()
    let state: Locked<State>

    /// Makes a pool; the configuration must be valid.
    init(
        connector: any Connector,
        configuration: PoolConfiguration,
        clock: any PoolClock = ContinuousPoolClock(),
        logger: Logger,
        seed: UInt64 = .random(in: .min ... .max)
    ) {
        self.connector = connector
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        state = Locked(State(machine: PoolStateMachine(configuration: configuration, seed: seed)))
    }

    /// Opens the minimum size.
    func start() {
        report { machine, now in machine.start(now: now) }
    }

    /// How many connections are in which state.
    var statistics: PoolStatistics { state.withLock { $0.machine.statistics } }

    /// Fails all waiters, closes every connection as it comes back, and waits until none is left.
    ///
    /// A second caller waits as well.
    func shutDown() async {
        report { machine, now in machine.shutDown(now: now) }
        await drained.wait()
        await tasks.wait()
    }

    /// Opens when the machine has drained.
    let drained = Gate()

    /// Tells the machine about an event and performs what it decides.
    func report(_ event: (inout PoolStateMachine, PoolInstant) -> PoolActions) {
        let now = clock.now
        let actions = state.withLock { event(&$0.machine, now) }
        for action in actions { perform(action) }
    }
}

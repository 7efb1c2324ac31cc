import DialectCore

@testable import DialectEngine

/// A model of everything around one pool: the connections that really exist, who holds them, who waits, and the time.
///
/// It keeps its own books, in the plainest way, and compares every action with them.
struct PoolWorld<Pool: ExploredPool> {
    /// What the world knows about a connection.
    ///
    /// `returned` lasts only while one event is handled.
    enum State: Equatable {
        case absent, opening, idle, pinging, inUse, resetting, closing
        case returned(Condition)
    }

    enum Condition: Equatable { case usable, needsReset, unusable }

    struct Connection {
        var generation: UInt32 = 0
        var state = State.absent
        var openedAt = PoolInstant(nanoseconds: 0)
        var idleSince = PoolInstant(nanoseconds: 0)
        var epoch = 0
    }

    struct Waiter {
        let id: WaiterID
        let deadline: PoolInstant
    }

    struct Failures {
        /// The first failure of those that began together.
        var roundBeganAt: PoolInstant
        var last: PoolInstant
        /// True once an opening began after the first failure of the round: its failure begins another round.
        var isProbing = false
    }

    let limits: PoolLimits
    var pool: Pool
    var now = PoolInstant(nanoseconds: 0)
    var timer: PoolInstant?
    var connections: [Connection] = []
    /// The idle connections, the newest last.
    var idleOrder: [Int32] = []
    /// Oldest first.
    var waiters: [Waiter] = []
    /// Raised when connections are declared old.
    var epoch = 0
    var isShutDown = false
    var isDrained = false
    /// Failed openings, if none has succeeded since.
    var failures: Failures?
    /// True while the failure of an opening is handled.
    var reportsOpenFailure = false
    /// How many connections are in which state, by this world's books.
    var books = PoolStatistics()
    /// What this pool was seen to do.
    var seen = ActionKinds()

    init(configuration: PoolConfiguration, pool: Pool) {
        limits = PoolLimits(configuration)
        self.pool = pool
        connections = Array(repeating: Connection(), count: limits.total)
    }

    /// Compares the actions with the books, enters them, and checks the whole afterwards.
    mutating func perform(_ actions: PoolActions, ready: ConnectionID? = nil) throws(Violation) {
        for action in actions {
            seen.insert(action)
            try perform(action)
        }
        if let ready { try take(ready) }
        try fileReturned()
        try checkAll()
    }

    subscript(_ id: ConnectionID) -> Connection {
        get { connections[Int(id.index)] }
        set { connections[Int(id.index)] = newValue }
    }

    /// Moves a connection to another state in the books.
    mutating func enter(_ id: ConnectionID, _ state: State) {
        count(self[id].state, by: -1)
        count(state, by: 1)
        if self[id].state == .idle { idleOrder.removeAll { $0 == id.index } }
        if state == .idle {
            idleOrder.append(id.index)
            self[id].idleSince = now
        }
        self[id].state = state
    }

    private mutating func count(_ state: State, by change: Int) {
        switch state {
        case .opening: books.opening += change
        case .idle: books.idle += change
        case .pinging: books.pinging += change
        case .inUse: books.inUse += change
        case .resetting: books.resetting += change
        case .closing: books.closing += change
        case .absent, .returned: break
        }
    }

    func name(_ index: Int) -> ConnectionID {
        ConnectionID(index: Int32(index), generation: connections[index].generation)
    }
}

/// The state of one slot of the pool.
enum ConnectionState: UInt8, Sendable {
    case free, opening, idle, pinging, inUse, resetting, closing
}

/// The connections of a pool, each in a slot of an array.
///
/// Slots are linked by index: the free ones into a list, the idle ones into a list from newest to oldest. So every
/// change of state is O(1) and allocates nothing once the array has grown to the pool's size.
struct ConnectionSlots: Sendable {
    struct Slot: Sendable {
        var generation: UInt32 = 0
        var state = ConnectionState.free
        /// The pool's epoch when the connection was opened; an invalidation names the epochs that it ends.
        var epoch: UInt64 = 0
        /// The idle neighbour that came back later, or the next free slot.
        var newer = ConnectionSlots.none
        /// The idle neighbour that came back earlier.
        var older = ConnectionSlots.none
        var idleSince = PoolInstant.distantFuture
        var expiresAt = PoolInstant.distantFuture
    }

    /// The link to nowhere.
    static let none: Int32 = -1

    private var slots: [Slot] = []
    private var firstFree = none
    private var newest = none
    private var oldest = none
    /// How many connections are in which state.
    private(set) var statistics = PoolStatistics()

    /// Takes a free slot for a connection that is to be opened.
    mutating func occupy() -> ConnectionID {
        let index: Int32
        if firstFree == Self.none {
            index = Int32(slots.count)
            slots.append(Slot())
        } else {
            index = firstFree
            firstFree = slots[Int(index)].newer
            slots[Int(index)].newer = Self.none
        }
        slots[Int(index)].state = .opening
        statistics.opening += 1
        return ConnectionID(index: index, generation: slots[Int(index)].generation)
    }

    /// Frees the slot of a connection that is gone.
    ///
    /// Its name matches nothing from now on.
    mutating func release(_ connection: ConnectionID, from state: ConnectionState) {
        require(connection, is: state)
        let index = Int(connection.index)
        count(state, by: -1)
        slots[index].generation &+= 1
        slots[index].state = .free
        slots[index].newer = firstFree
        firstFree = connection.index
    }

    /// Moves a connection from one state to another; neither is `idle`.
    mutating func move(_ connection: ConnectionID, from old: ConnectionState, to new: ConnectionState) {
        require(connection, is: old)
        slots[Int(connection.index)].state = new
        count(old, by: -1)
        count(new, by: 1)
    }

    /// Notes that the connection was opened in that epoch and when it is too old.
    mutating func setBirth(of connection: ConnectionID, epoch: UInt64, expiresAt: PoolInstant) {
        slots[Int(connection.index)].epoch = epoch
        slots[Int(connection.index)].expiresAt = expiresAt
    }

    /// What is known about the connection.
    func slot(of connection: ConnectionID) -> Slot { slots[Int(connection.index)] }

    /// Stops the program when the name is stale or the connection is in another state.
    ///
    /// Only a defect of the shell leads there, such as a second check-in. To go on would give one session to two users.
    func require(_ connection: ConnectionID, is state: ConnectionState) {
        let slot = slots[Int(connection.index)]
        precondition(
            slot.generation == connection.generation && slot.state == state,
            "\(connection) must be \(state); generation \(slot.generation) of its slot is \(slot.state)"
        )
    }
}

// The idle list.
extension ConnectionSlots {
    /// The idle connection that came back last.
    var newestIdle: ConnectionID? { name(newest) }
    /// The idle connection that came back first.
    var oldestIdle: ConnectionID? { name(oldest) }

    /// The idle connection that came back next after this idle one.
    func newerIdle(than connection: ConnectionID) -> ConnectionID? { name(slots[Int(connection.index)].newer) }

    /// Puts a connection on the newest end of the idle list.
    mutating func makeIdle(_ connection: ConnectionID, from old: ConnectionState, since now: PoolInstant) {
        move(connection, from: old, to: .idle)
        let index = Int(connection.index)
        slots[index].idleSince = now
        slots[index].older = newest
        slots[index].newer = Self.none
        if newest == Self.none { oldest = connection.index } else { slots[Int(newest)].newer = connection.index }
        newest = connection.index
    }

    /// Takes a connection off the idle list, wherever it stands.
    mutating func takeIdle(_ connection: ConnectionID, to new: ConnectionState) {
        move(connection, from: .idle, to: new)
        let (newer, older) = (slots[Int(connection.index)].newer, slots[Int(connection.index)].older)
        if newer == Self.none { newest = older } else { slots[Int(newer)].older = older }
        if older == Self.none { oldest = newer } else { slots[Int(older)].newer = newer }
    }

    private func name(_ index: Int32) -> ConnectionID? {
        index == Self.none ? nil : ConnectionID(index: index, generation: slots[Int(index)].generation)
    }
}

extension ConnectionSlots {
    private mutating func count(_ state: ConnectionState, by change: Int) {
        switch state {
        case .free: break
        case .opening: statistics.opening += change
        case .idle: statistics.idle += change
        case .pinging: statistics.pinging += change
        case .inUse: statistics.inUse += change
        case .resetting: statistics.resetting += change
        case .closing: statistics.closing += change
        }
    }
}

/// Names one connection of a pool: its slot, and how often the slot had been used before.
///
/// The generation makes a name that outlived its connection harmless: it no longer matches the slot.
/// (It wraps after 2^32 uses of one slot; a stale name would have to be kept for exactly that many.)
struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    /// The slot.
    ///
    /// A shell can keep what belongs to a connection in an array at this index.
    let index: Int32
    let generation: UInt32

    var description: String { "connection \(index).\(generation)" }
}

/// Names one waiting checkout: its place in the waiter table, and how often the place had been used before.
struct WaiterID: Hashable, Sendable, CustomStringConvertible {
    /// The place.
    ///
    /// A shell can keep the waiter's continuation in an array at this index.
    let index: Int32
    let generation: UInt32

    var description: String { "waiter \(index).\(generation)" }
}

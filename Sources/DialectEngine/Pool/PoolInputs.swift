/// In what condition a connection comes back.
enum CheckInCondition: Hashable, Sendable {
    /// As good as new: it can be handed on at once.
    case clean
    /// Something of its user may be left (a transaction, a setting): it must be reset first.
    case dirty
    /// Unusable; the others are fine.
    case invalid
    /// The server ended the session, and so probably all sessions that are as old as this one.
    case lost
}

/// Whether opening a connection again may succeed.
enum OpenFailure: Hashable, Sendable {
    /// The server cannot be reached, is starting, or has no room: later it may work.
    case transient
    /// The same attempt fails again: a wrong password, an unknown database.
    case permanent
}

/// How many connections of a pool are in which state, at one moment.
public struct PoolStatistics: Sendable, Hashable {
    /// Connections that wait for a user.
    public internal(set) var idle = 0
    /// Connections that a user holds.
    public internal(set) var inUse = 0
    /// Connections that are being opened.
    public internal(set) var opening = 0
    /// Connections that are being pinged before a checkout.
    public internal(set) var pinging = 0
    /// Connections that are being reset after a check-in.
    public internal(set) var resetting = 0
    /// Connections that are being closed.
    ///
    /// They count against the limit until the server has let them go.
    public internal(set) var closing = 0
    /// Checkouts that wait for a connection.
    public internal(set) var waiting = 0

    init() {}

    /// All connections, whatever their state.
    ///
    /// Never above `maximumSize + maximumOverflow`.
    public var total: Int { live + closing }

    /// All connections but those that are being closed.
    var live: Int { idle + inUse + preparing }

    /// Connections that will be there for a waiter soon, without another user's doing.
    var preparing: Int { opening + pinging + resetting }
}

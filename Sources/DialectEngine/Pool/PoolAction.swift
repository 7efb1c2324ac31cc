/// What the shell has to do after it told the state machine about an event.
enum PoolAction: Hashable, Sendable {
    /// Hand the connection to the waiter. From now on it is in use.
    case answer(WaiterID, ConnectionID)
    /// Tell the waiter that it gets no connection.
    case fail(WaiterID, PoolFailure)
    /// Open a session, then report `opened` or `openFailed`.
    case open(ConnectionID)
    /// Close the session, then report `closed`.
    case close(ConnectionID, CloseReason)
    /// Ask the server for a sign of life, then report `pinged`.
    case ping(ConnectionID)
    /// End what the last user left behind, then report `resetFinished`.
    case reset(ConnectionID)
    /// Report `timerFired` at this moment. Replaces the moment scheduled before.
    case schedule(PoolInstant)
    /// No timer is needed any more.
    case cancelTimer
    /// The shutdown is complete: no connection is left.
    case drained
}

/// Why a waiter gets no connection.
enum PoolFailure: Hashable, Sendable {
    /// No connection became free in time. (The shell adds the machine's statistics, so that actions stay small.)
    case timedOut
    /// The pool was shut down.
    case closed
    /// The opening that this event reports failed.
    case openFailed
}

/// Why a connection is closed.
enum CloseReason: Hashable, Sendable {
    /// It was idle for longer than the idle timeout.
    case idleTimeout
    /// It is older than the maximum age.
    case maximumAge
    /// The pool holds more connections than its maximum size, and nobody waits for one.
    case overflow
    /// Its user, or an invalidation of all connections, declared it unusable.
    case invalidated
    /// It did not answer a ping.
    case pingFailed
    /// It could not be reset.
    case resetFailed
    /// The pool was shut down.
    case shutdown
}

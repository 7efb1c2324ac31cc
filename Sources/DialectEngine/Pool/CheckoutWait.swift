import DialectCore

/// Something that waits for a connection.
// Unchecked: `state` is touched under the pool's lock only, and a subclass sets what it needs for its end before the pool
// gets to know of it.
class CheckoutWait: @unchecked Sendable {
    enum State {
        case new
        case waiting(WaiterID)
        case cancelled
    }

    let user: PoolUser
    final var state = State.new

    init(_ user: PoolUser) { self.user = user }

    /// Goes on with a connection, or without one; called once, by whoever took the wait out of the pool.
    func end(_ outcome: Result<ConnectionPool.Checkout, DatabaseError>) {
        preconditionFailure("only a subclass knows how to go on")
    }
}

// Unchecked for the reasons of its superclass.
/// A task that waits for a connection.
final class TaskWait: CheckoutWait, @unchecked Sendable {
    var continuation: UnsafeContinuation<ConnectionPool.Checkout, any Error>?

    override func end(_ outcome: Result<ConnectionPool.Checkout, DatabaseError>) { continuation?.resume(with: outcome) }
}

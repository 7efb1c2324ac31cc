import DialectCore

/// One checkout that has to wait, and what its cancellation has to know.
// Unchecked: `state` is touched under the pool's lock only, and `continuation` is set under it before anybody else can find
// the object in the pool; whoever takes it out of there calls `end(_:)`, once.
final class CheckoutWait: @unchecked Sendable {
    enum State {
        case new
        case waiting(WaiterID)
        case cancelled
    }

    let user: PoolUser
    var state = State.new
    var continuation: UnsafeContinuation<ConnectionPool.Checkout, any Error>?

    init(_ user: PoolUser) { self.user = user }

    /// Lets the task go on.
    func end(_ outcome: Result<ConnectionPool.Checkout, DatabaseError>) { continuation?.resume(with: outcome) }
}

import DialectCore
import Locking

extension ConnectionPool {
    /// Takes a connection, waiting for one when all are in use.
    ///
    /// - Throws: `DatabaseError` with code `poolTimeout`, `poolClosed` or `cancelled`, or what opening a connection threw.
    func checkOut() async throws(DatabaseError) -> Checkout {
        while !Task.isCancelled, let checkout = takeIdle() {
            guard checkout.connection.isLost else { return checkout }
            // Its server has ended it; those that are as old are ended with it.
            await checkIn(checkout.id, .lost)
        }
        return try await waitForConnection()
    }

    /// An idle connection, without the cost of waiting.
    private func takeIdle() -> Checkout? {
        let now = clock.now
        let (checkout, actions) = state.withLock { state -> (Checkout?, PoolActions) in
            let (id, actions) = state.machine.checkOutIdle(now: now)
            return (id.map { state.checkout($0) }, actions)
        }
        for action in actions { perform(action) }
        return checkout
    }

    private func waitForConnection() async throws(DatabaseError) -> Checkout {
        let request = CheckoutRequest()
        let answer = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in enqueue(continuation, for: request) }
        } onCancel: {
            cancel(request)
        }
        let checkout = try answer.get()
        guard Task.isCancelled else { return checkout }
        // Granted at the moment of the cancellation: it must not be lost.
        await checkIn(checkout.id, .clean)
        throw .cancelledWaiting
    }

    /// Asks the machine, and answers at once or leaves the continuation to be answered by a later event.
    private func enqueue(_ continuation: Waiter, for request: CheckoutRequest) {
        let now = clock.now
        let (answer, actions) = state.withLock { state -> (Result<Checkout, DatabaseError>?, PoolActions) in
            let (checkout, actions) = state.machine.checkOut(now: now)
            switch checkout {
            case .ready(let id): return (.success(state.checkout(id)), actions)
            case .closed: return (.failure(.poolIsClosed), actions)
            case .queued(let waiter):
                state.waiters[waiter] = continuation
                guard request.waits(as: waiter) else {
                    // Cancelled before it waited.
                    _ = state.machine.cancel(waiter)
                    state.waiters[waiter] = nil
                    return (.failure(.cancelledWaiting), actions)
                }
                return (nil, actions)
            }
        }
        for action in actions { perform(action) }
        if let answer { continuation.resume(returning: answer) }
    }

    private func cancel(_ request: CheckoutRequest) {
        guard let waiter = request.cancel() else { return }
        let continuation: Waiter? = state.withLock { state in
            // False when the waiter was answered already; then the answer stands.
            guard state.machine.cancel(waiter) else { return nil }
            return state.waiters.removeValue(forKey: waiter)
        }
        continuation?.resume(returning: .failure(.cancelledWaiting))
    }

    /// Gives a connection back; resets it first when its user may have left something behind.
    ///
    /// Not cancelled: whatever happens to the task, the connection comes back.
    func checkIn(_ id: ConnectionID, _ condition: CheckInCondition) async {
        let now = clock.now
        let actions = state.withLock { $0.machine.checkIn(id, condition, now: now) }
        for action in actions {
            if case .reset(let id) = action {
                // Here and now rather than in another task: the caller is where the connection's work happens.
                await reset(id)
            } else {
                perform(action)
            }
        }
    }
}

/// What a checkout and its cancellation know of each other.
private final class CheckoutRequest: Sendable {
    private enum State {
        case new
        case waiting(WaiterID)
        case cancelled
    }

    private let state = Locked(State.new)

    /// Notes whom to cancel; false when the cancellation came first.
    func waits(as waiter: WaiterID) -> Bool {
        state.withLock { state in
            if case .cancelled = state { return false }
            state = .waiting(waiter)
            return true
        }
    }

    /// Notes the cancellation, and returns whom to cancel.
    func cancel() -> WaiterID? {
        state.withLock { state in
            defer { state = .cancelled }
            if case .waiting(let waiter) = state { return waiter }
            return nil
        }
    }
}

extension ConnectionPool.State {
    /// A connection that the machine gave away.
    func checkout(_ id: ConnectionID) -> ConnectionPool.Checkout {
        guard let connection = connections[Int(id.index)] else { preconditionFailure("\(id) is not open") }
        return ConnectionPool.Checkout(id: id, connection: connection)
    }
}

extension DatabaseError {
    static let cancelledWaiting = DatabaseError(.cancelled, "The task was cancelled while it waited for a connection.")

    static let poolIsClosed = DatabaseError(
        .poolClosed,
        "The engine was disposed of; make a new one, or dispose of it after its last use."
    )
}

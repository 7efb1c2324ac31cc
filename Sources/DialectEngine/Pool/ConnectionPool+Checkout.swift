import DialectCore
import Locking

extension ConnectionPool {
    /// Takes a connection, waiting for one when all are in use.
    ///
    /// A task that is cancelled at the moment when it gets one has it all the same, and must give it back.
    ///
    /// - Throws: `DatabaseError` with code `poolTimeout`, `poolDeadlock`, `poolClosed` or `cancelled`, or what opening a
    ///   connection threw.
    func checkOut(_ user: PoolUser) async throws(DatabaseError) -> Checkout {
        if let checkout = checkOutIdle(user) { return checkout }
        guard metrics != nil || tracing != nil else { return try await waitForConnection(user) }
        return try await waitVisibly(user)
    }

    /// Takes a connection that is idle and whose server has not ended it, without waiting.
    func checkOutIdle(_ user: PoolUser) -> Checkout? {
        while !Task.isCancelled, let checkout = takeIdle(user) {
            guard checkout.session.connection.isLost else { return checkout }
            // Those that are as old are ended with it.
            checkIn(checkout, .lost)
        }
        return nil
    }

    /// An idle connection, without the cost of waiting.
    private func takeIdle(_ user: PoolUser) -> Checkout? {
        let (checkout, decision) = state.withLock { state -> (Checkout?, Decision?) in
            guard state.machine.hasIdle else { return (nil, nil) }
            let (id, actions) = state.machine.checkOutIdle(now: clock.now)
            return (id.map { state.checkout($0, by: user) }, state.decision(actions))
        }
        if let decision { perform(decision) }
        if let metrics, checkout != nil {
            metrics.waited(for: 0)
            metrics.count(statistics)
        }
        return checkout
    }

    /// Waits, and tells the program's metrics and its tracer.
    private func waitVisibly(_ user: PoolUser) async throws(DatabaseError) -> Checkout {
        let start = clock.now
        defer { metrics?.count(statistics) }
        let checkout =
            if let tracing {
                try await tracing.checkout { () throws(DatabaseError) in try await waitForConnection(user) }
            } else {
                try await waitForConnection(user)
            }
        metrics?.waited(for: checkout.since.nanoseconds - start.nanoseconds)
        return checkout
    }

    private func waitForConnection(_ user: PoolUser) async throws(DatabaseError) -> Checkout {
        let wait = TaskWait(user)
        do {
            return try await withTaskCancellationHandler {
                try await withUnsafeThrowingContinuation { continuation in
                    wait.continuation = continuation
                    enqueue(wait)
                }
            } onCancel: {
                cancel(wait)
            }
        } catch let error as DatabaseError {
            throw error
        } catch {
            preconditionFailure("a checkout ended with \(error)")
        }
    }

    /// Asks the machine, and answers at once or leaves the checkout to be answered by a later event.
    func enqueue(_ wait: CheckoutWait) {
        let now = clock.now
        var isDeadlocked = false
        let (answer, decision) = state.withLock { state -> (Result<Checkout, DatabaseError>?, Decision?) in
            if case .cancelled = wait.state { return (.failure(.cancelledWaiting), nil) }
            let (checkout, actions) = state.machine.checkOut(now: now)
            switch checkout {
            case .ready(let id): return (.success(state.checkout(id, by: wait.user)), state.decision(actions))
            case .closed: return (.failure(.poolIsClosed), state.decision(actions))
            case .queued(let waiter):
                wait.state = .waiting(waiter)
                state.keep(wait, as: waiter)
                let decision = state.decision(actions)
                // Nobody would ever answer it. Whoever completes the circle leaves it.
                if state.isDeadlocked, state.machine.cancel(waiter) {
                    _ = state.takeWaiter(waiter)
                    isDeadlocked = true
                }
                return (nil, decision)
            }
        }
        if let decision { perform(decision) }
        if let answer { wait.end(answer) } else if isDeadlocked { wait.end(.failure(deadlock())) }
    }

    /// Ends a wait as cancelled; returns whether it had not ended before, or begun.
    @discardableResult
    func cancel(_ wait: CheckoutWait) -> Bool {
        let isCancelled = state.withLock { state in
            defer { wait.state = .cancelled }
            // False when the waiter was answered already; then the answer stands.
            guard case .waiting(let waiter) = wait.state, state.machine.cancel(waiter) else { return false }
            _ = state.takeWaiter(waiter)
            return true
        }
        if isCancelled { wait.end(.failure(.cancelledWaiting)) }
        return isCancelled
    }

    /// Gives a connection back; returns whether it must be reset, because its user may have left something behind.
    ///
    /// The caller resets it rather than another task: it is where the connection's work happens.
    @discardableResult
    func checkIn(_ checkout: Checkout, _ condition: CheckInCondition) -> Bool {
        let now = clock.now
        let decision = state.withLock { state in
            state.holders.remove(checkout.id)
            return state.decide { $0.checkIn(checkout.id, condition, now: now) }
        }
        perform(decision, isResetByCaller: true)
        if let metrics {
            metrics.held(for: now.nanoseconds - checkout.since.nanoseconds)
            metrics.count(statistics)
        }
        return decision.resets
    }
}

extension DatabaseError {
    static let cancelledWaiting = DatabaseError(.cancelled, "The task was cancelled while it waited for a connection.")

    static let poolIsClosed = DatabaseError(
        .poolClosed,
        "The engine was disposed of; make a new one, or dispose of it after its last use."
    )
}

import DialectCore

extension ConnectionPool {
    /// What the machine decided about an event, to be performed outside of the lock.
    ///
    /// The checkouts that wait no longer were taken out under the lock: a moment later their places may be others'.
    struct Decision {
        /// The checkout that the event ends, if any, and the others; most events end one at most.
        fileprivate(set) var first: Ending?
        fileprivate(set) var others: [Ending] = []
        /// What else there is to do.
        fileprivate(set) var actions = PoolActions()

        /// Whether a connection is to be reset.
        var resets: Bool {
            var resets = false
            actions.forEach { if case .reset = $0 { resets = true } }
            return resets
        }
    }

    /// How a checkout that waited ends.
    enum Ending {
        case granted(CheckoutWait, Checkout)
        case failed(CheckoutWait, PoolFailure)
    }
}

extension ConnectionPool.State {
    /// Tells the machine about an event.
    mutating func decide(_ event: (inout PoolStateMachine) -> PoolActions) -> ConnectionPool.Decision {
        decision(event(&machine))
    }

    /// What the actions come to.
    mutating func decision(_ actions: PoolActions) -> ConnectionPool.Decision {
        var decision = ConnectionPool.Decision()
        actions.forEach { action in
            guard let ending = ending(action) else { return decision.actions.append(action) }
            if decision.first == nil { decision.first = ending } else { decision.others.append(ending) }
        }
        return decision
    }

    private mutating func ending(_ action: PoolAction) -> ConnectionPool.Ending? {
        switch action {
        case .answer(let waiter, let id):
            let wait = takeWaiter(waiter)
            return .granted(wait, checkout(id, by: wait.user))
        case .fail(let waiter, let failure): return .failed(takeWaiter(waiter), failure)
        case .open, .close, .ping, .reset, .schedule, .cancelTimer, .drained: return nil
        }
    }

    /// A connection that the machine gave to a user.
    mutating func checkout(_ id: ConnectionID, by user: PoolUser) -> ConnectionPool.Checkout {
        guard let session = sessions[Int(id.index)] else { preconditionFailure("\(id) is not open") }
        holders.add(user.task, at: id)
        return ConnectionPool.Checkout(id: id, session: session, user: user, since: machine.latest)
    }

    /// Keeps a checkout that waits.
    mutating func keep(_ wait: CheckoutWait, as waiter: WaiterID) {
        while waiters.count <= Int(waiter.index) { waiters.append(nil) }
        waiters[Int(waiter.index)] = wait
        holders.setWaiting(wait.user.task, true)
    }

    /// Takes out a checkout that the machine does not let wait any longer.
    mutating func takeWaiter(_ waiter: WaiterID) -> CheckoutWait {
        guard let wait = waiters[Int(waiter.index)].take() else { preconditionFailure("\(waiter) does not wait") }
        holders.setWaiting(wait.user.task, false)
        return wait
    }

    /// Whether no connection can come back, because each one's holder waits for another.
    var isDeadlocked: Bool { machine.isExhausted && holders.areAllWaiting }
}

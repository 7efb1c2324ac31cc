extension PoolStateMachine {
    /// What a checkout leads to.
    enum Checkout: Hashable, Sendable {
        /// The caller has the connection.
        case ready(ConnectionID)
        /// The caller waits; an action of a later event answers it.
        case queued(WaiterID)
        /// The pool was shut down.
        case closed
    }

    /// Whether a connection is idle that nobody waits for; it may still need a ping.
    var hasIdle: Bool { phase == .running && waiters.isEmpty && slots.statistics.idle > 0 }

    /// Somebody needs a connection, and takes it only if it is there: idle, in no need of a ping, and nobody waits.
    mutating func checkOutIdle(now: PoolInstant) -> (connection: ConnectionID?, actions: PoolActions) {
        let now = observe(now)
        var actions = PoolActions()
        guard hasIdle, let connection = freshIdle(now: now, actions: &actions) else { return (nil, actions) }
        slots.takeIdle(connection, to: .inUse)
        settle(now: now, actions: &actions)
        return (connection, actions)
    }

    /// Somebody needs a connection.
    mutating func checkOut(now: PoolInstant) -> (checkout: Checkout, actions: PoolActions) {
        var (idle, actions) = checkOutIdle(now: now)
        if let idle { return (.ready(idle), actions) }
        let now = observe(now)
        guard phase == .running else { return (.closed, actions) }
        let waiter = waiters.append(deadline: now.advanced(by: limits.checkoutTimeout))
        settle(now: now, actions: &actions)
        return (.queued(waiter), actions)
    }

    /// A waiter does not want to wait any longer.
    ///
    /// - Returns: false when it was answered already. Then the answer stands: a connection must be checked in.
    mutating func cancel(_ waiter: WaiterID) -> Bool {
        waiters.remove(waiter)
    }

    /// The newest idle connection, if it needs no ping.
    ///
    /// Closes those in front of it that are too old.
    private mutating func freshIdle(now: PoolInstant, actions: inout PoolActions) -> ConnectionID? {
        while let newest = slots.newestIdle {
            let slot = slots.slot(of: newest)
            guard slot.expiresAt <= now else {
                return limits.needsPing(idleSince: slot.idleSince, now: now) ? nil : newest
            }
            closeIdle(newest, .maximumAge, actions: &actions)
        }
        return nil
    }
}

// What follows every event: the supply is adjusted to the demand, and the timer to the next deadline.
extension PoolStateMachine {
    /// Ends the handling of an event.
    mutating func settle(now: PoolInstant, actions: inout PoolActions) {
        switch phase {
        case .running:
            prepareForWaiters(now: now, actions: &actions)
            refill(now: now, actions: &actions)
            arm(now: now, actions: &actions)
        case .draining where slots.statistics.total == 0:
            phase = .drained
            actions.append(.drained)
        case .draining, .drained:
            break
        }
    }

    /// Prepares as many connections as there are waiters, as far as there are any.
    private mutating func prepareForWaiters(now: PoolInstant, actions: inout PoolActions) {
        while slots.statistics.preparing < waiters.count {
            guard let newest = slots.newestIdle else {
                guard openOne(now: now, actions: &actions) else { return }
                continue
            }
            let slot = slots.slot(of: newest)
            if slot.expiresAt <= now {
                closeIdle(newest, .maximumAge, actions: &actions)
            } else if limits.needsPing(idleSince: slot.idleSince, now: now) {
                slots.takeIdle(newest, to: .pinging)
                actions.append(.ping(newest))
            } else if let waiter = waiters.popFirst() {
                slots.takeIdle(newest, to: .inUse)
                actions.append(.answer(waiter, newest))
            }
        }
    }

    /// Keeps the minimum size.
    private mutating func refill(now: PoolInstant, actions: inout PoolActions) {
        while slots.statistics.live < limits.minimumSize, openOne(now: now, actions: &actions) {}
    }

    /// Opens a connection, if the limit and the backoff allow it.
    private mutating func openOne(now: PoolInstant, actions: inout PoolActions) -> Bool {
        guard slots.statistics.total < limits.total else { return false }
        guard backoff.allowsOpening(at: now, inFlight: slots.statistics.opening) else { return false }
        actions.append(.open(slots.occupy()))
        return true
    }
}

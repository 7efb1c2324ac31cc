// One timer serves all deadlines. It is only ever moved forward to an earlier moment; one that fires too early finds
// nothing to do and is set again. So the usual checkout and check-in do not touch it.
extension PoolStateMachine {
    /// The scheduled moment has come.
    mutating func timerFired(now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        guard phase == .running else { return actions }
        timer = nil
        failOverdueWaiters(now: now, actions: &actions)
        reapIdle(now: now, actions: &actions)
        settle(now: now, actions: &actions)
        return actions
    }

    /// Schedules the timer when something is due before it fires.
    mutating func arm(now: PoolInstant, actions: inout PoolActions) {
        let due = nextDeadline(after: now)
        guard due < timer ?? .distantFuture else { return }
        timer = due
        actions.append(.schedule(due))
    }

    private func nextDeadline(after now: PoolInstant) -> PoolInstant {
        var due = waiters.firstDeadline ?? .distantFuture
        if slots.statistics.idle > 0 { due = min(due, nextExpiry) }
        if limits.idleTimeout < .max, slots.statistics.live > limits.minimumSize, let oldest = slots.oldestIdle {
            due = min(due, slots.slot(of: oldest).idleSince.advanced(by: limits.idleTimeout))
        }
        // A retry that is not in the future waits for an opening in flight to end, not for the timer.
        if backoff.failures > 0, backoff.retryAt > now, wantsOpening { due = min(due, backoff.retryAt) }
        return due
    }

    private var wantsOpening: Bool {
        let statistics = slots.statistics
        guard statistics.total < limits.total else { return false }
        return statistics.preparing < waiters.count || statistics.live < limits.minimumSize
    }

    private mutating func failOverdueWaiters(now: PoolInstant, actions: inout PoolActions) {
        while let deadline = waiters.firstDeadline, deadline <= now, let waiter = waiters.popFirst() {
            actions.append(.fail(waiter, .timedOut))
        }
    }

    /// Closes idle connections that are too old or were idle for too long, the latter down to the minimum size.
    private mutating func reapIdle(now: PoolInstant, actions: inout PoolActions) {
        nextExpiry = .distantFuture
        var next = slots.oldestIdle
        while let connection = next {
            next = slots.newerIdle(than: connection)
            let slot = slots.slot(of: connection)
            if slot.expiresAt <= now {
                closeIdle(connection, .maximumAge, actions: &actions)
            } else if slots.statistics.live > limits.minimumSize,
                slot.idleSince.advanced(by: limits.idleTimeout) <= now
            {
                closeIdle(connection, .idleTimeout, actions: &actions)
            } else {
                nextExpiry = min(nextExpiry, slot.expiresAt)
            }
        }
    }
}

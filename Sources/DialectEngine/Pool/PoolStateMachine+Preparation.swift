// The ends of what the shell does to connections: opening, pinging, resetting, closing.
extension PoolStateMachine {
    /// A session was opened.
    mutating func opened(_ connection: ConnectionID, now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        slots.require(connection, is: .opening)
        backoff.succeeded()
        slots.setBirth(of: connection, epoch: epoch, expiresAt: limits.expiry(openedAt: now, random: &random))
        makeAvailable(connection, from: .opening, now: now, actions: &actions)
        settle(now: now, actions: &actions)
        return actions
    }

    /// A session could not be opened.
    ///
    /// The next opening waits for the backoff.
    ///
    /// The oldest waiter gets the error, unless connections enough for all waiters are still being prepared. After a
    /// permanent failure with no other connection left, all waiters get it: time would not help them.
    mutating func openFailed(_ connection: ConnectionID, _ failure: OpenFailure, now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        slots.release(connection, from: .opening)
        backoff.failed(at: now, random: &random)
        let answersAll = failure == .permanent && slots.statistics.live == 0
        while slots.statistics.preparing < waiters.count, let waiter = waiters.popFirst() {
            actions.append(.fail(waiter, .openFailed))
            guard answersAll else { break }
        }
        settle(now: now, actions: &actions)
        return actions
    }

    /// A ping was answered, or not.
    ///
    /// A dead connection takes the idle ones of its epoch with it.
    mutating func pinged(_ connection: ConnectionID, succeeded: Bool, now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        slots.require(connection, is: .pinging)
        if succeeded {
            makeAvailable(connection, from: .pinging, now: now, actions: &actions)
        } else {
            endEpoch(of: connection, actions: &actions)
            close(connection, from: .pinging, .pingFailed, actions: &actions)
        }
        settle(now: now, actions: &actions)
        return actions
    }

    /// What the last user left behind is gone, or could not be removed.
    mutating func resetFinished(_ connection: ConnectionID, succeeded: Bool, now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        slots.require(connection, is: .resetting)
        if succeeded {
            makeAvailable(connection, from: .resetting, now: now, actions: &actions)
        } else {
            close(connection, from: .resetting, .resetFailed, actions: &actions)
        }
        settle(now: now, actions: &actions)
        return actions
    }

    /// A session is closed; its place is free for another.
    mutating func closed(_ connection: ConnectionID, now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        slots.release(connection, from: .closing)
        settle(now: now, actions: &actions)
        return actions
    }
}

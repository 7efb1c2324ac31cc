extension PoolStateMachine {
    /// The user of a connection gives it back.
    mutating func checkIn(_ connection: ConnectionID, _ condition: CheckInCondition, now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        slots.require(connection, is: .inUse)
        if condition == .lost { endEpoch(of: connection, actions: &actions) }
        switch condition {
        case .clean:
            makeAvailable(connection, from: .inUse, now: now, actions: &actions)
        case .dirty:
            if let reason = reasonToClose(connection, now: now) {
                close(connection, from: .inUse, reason, actions: &actions)
            } else {
                slots.move(connection, from: .inUse, to: .resetting)
                actions.append(.reset(connection))
            }
        case .invalid, .lost:
            close(connection, from: .inUse, .invalidated, actions: &actions)
        }
        settle(now: now, actions: &actions)
        return actions
    }

    /// Gives a connection that is ready for use to the oldest waiter, or keeps it idle, or closes it.
    mutating func makeAvailable(
        _ connection: ConnectionID,
        from state: ConnectionState,
        now: PoolInstant,
        actions: inout PoolActions
    ) {
        if let reason = reasonToClose(connection, now: now) {
            close(connection, from: state, reason, actions: &actions)
        } else if let waiter = waiters.popFirst() {
            slots.move(connection, from: state, to: .inUse)
            actions.append(.answer(waiter, connection))
        } else {
            slots.makeIdle(connection, from: state, since: now)
            nextExpiry = min(nextExpiry, slots.slot(of: connection).expiresAt)
        }
    }

    /// Why a connection that nobody uses at the moment must not stay, if so.
    private func reasonToClose(_ connection: ConnectionID, now: PoolInstant) -> CloseReason? {
        guard phase == .running else { return .shutdown }
        let slot = slots.slot(of: connection)
        if slot.epoch < epoch { return .invalidated }
        if slot.expiresAt <= now { return .maximumAge }
        if waiters.isEmpty, slots.statistics.live > limits.maximumSize { return .overflow }
        return nil
    }
}

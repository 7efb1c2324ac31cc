extension PoolStateMachine {
    /// The pool begins its work: the minimum size is opened.
    mutating func start(now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        settle(now: now, actions: &actions)
        return actions
    }

    /// The pool ends its work: waiters fail, idle connections are closed now and the others as they come back.
    ///
    /// The action `drained` follows when no connection is left. A second shutdown changes nothing.
    mutating func shutDown(now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        guard phase == .running else { return actions }
        phase = .draining
        while let waiter = waiters.popFirst() { actions.append(.fail(waiter, .closed)) }
        while let idle = slots.newestIdle { closeIdle(idle, .shutdown, actions: &actions) }
        if timer != nil {
            timer = nil
            actions.append(.cancelTimer)
        }
        settle(now: now, actions: &actions)
        return actions
    }

    /// Ends every connection that was opened before now: idle ones at once, the others when they come back.
    mutating func invalidateAll(now: PoolInstant) -> PoolActions {
        let now = observe(now)
        var actions = PoolActions()
        endEpoch(actions: &actions)
        settle(now: now, actions: &actions)
        return actions
    }

    /// Ends the connection's epoch, unless that has happened already.
    ///
    /// So when many users of one dead server report it one after the other, those connections that were opened after
    /// the first report are spared.
    mutating func endEpoch(of connection: ConnectionID, actions: inout PoolActions) {
        if slots.slot(of: connection).epoch == epoch { endEpoch(actions: &actions) }
    }

    private mutating func endEpoch(actions: inout PoolActions) {
        epoch += 1
        while let idle = slots.newestIdle { closeIdle(idle, .invalidated, actions: &actions) }
    }

    /// Closes a connection that is not idle.
    mutating func close(
        _ connection: ConnectionID,
        from state: ConnectionState,
        _ reason: CloseReason,
        actions: inout PoolActions
    ) {
        slots.move(connection, from: state, to: .closing)
        actions.append(.close(connection, reason))
    }

    /// Closes an idle connection.
    mutating func closeIdle(_ connection: ConnectionID, _ reason: CloseReason, actions: inout PoolActions) {
        slots.takeIdle(connection, to: .closing)
        actions.append(.close(connection, reason))
    }
}

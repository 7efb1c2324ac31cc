import DialectCore

@testable import DialectEngine

/// A pool with one rule broken on purpose, to see that the explorer notices.
struct SabotagedPool: ExploredPool {
    enum Sabotage: CaseIterable {
        case exceedsLimit, forgetsMinimum, neverExpires, neverPings, timesOutLate
        case handsOutTwice, answersNewest, answersTwice, forgetsWaiter, reusesOldest
        case losesTimer, skipsReset, ignoresInvalidation, forgetsBackoff, neverDrains, overtakes
    }

    let sabotage: Sabotage
    private var machine: PoolStateMachine
    private var queue: [WaiterID] = []
    private var lastHandedOut: ConnectionID?

    init(_ sabotage: Sabotage, configuration: PoolConfiguration, seed: UInt64) {
        self.sabotage = sabotage
        var configuration = configuration
        switch sabotage {
        case .exceedsLimit: configuration.maximumOverflow += 1
        case .forgetsMinimum: configuration.minimumSize = 0
        case .neverExpires: configuration.maximumAge = nil
        case .neverPings: configuration.pingAfterIdle = nil
        case .timesOutLate: configuration.checkoutTimeout *= 2
        default: break
        }
        machine = PoolStateMachine(configuration: configuration, seed: seed)
    }

    var statistics: PoolStatistics { machine.statistics }

    mutating func start(now: PoolInstant) -> PoolActions { twist(machine.start(now: now)) }

    mutating func checkOut(now: PoolInstant) -> (checkout: PoolStateMachine.Checkout, actions: PoolActions) {
        var (checkout, actions) = machine.checkOut(now: now)
        switch checkout {
        case .ready(let connection):
            if sabotage == .reusesOldest, let oldest = machine.slots.oldestIdle {
                machine.slots.takeIdle(oldest, to: .inUse)
                machine.slots.makeIdle(connection, from: .inUse, since: now)
                checkout = .ready(oldest)
            } else if sabotage == .handsOutTwice, let lastHandedOut {
                checkout = .ready(lastHandedOut)
            } else {
                lastHandedOut = connection
            }
        case .queued(let waiter):
            if sabotage == .overtakes, queue.count > 1, machine.cancel(waiter), let lastHandedOut {
                checkout = .ready(lastHandedOut)
            } else {
                queue.append(waiter)
            }
        case .closed: break
        }
        return (checkout, twist(actions))
    }

    mutating func cancel(_ waiter: WaiterID) -> Bool {
        queue.removeAll { $0 == waiter }
        return machine.cancel(waiter)
    }

    mutating func checkIn(_ connection: ConnectionID, _ condition: CheckInCondition, now: PoolInstant) -> PoolActions {
        if lastHandedOut == connection { lastHandedOut = nil }
        let skips = sabotage == .skipsReset && condition == .dirty
        return twist(machine.checkIn(connection, skips ? .clean : condition, now: now))
    }

    mutating func opened(_ connection: ConnectionID, now: PoolInstant) -> PoolActions {
        twist(machine.opened(connection, now: now))
    }

    mutating func openFailed(_ connection: ConnectionID, _ failure: OpenFailure, now: PoolInstant) -> PoolActions {
        var actions = machine.openFailed(connection, failure, now: now)
        if sabotage == .forgetsBackoff {
            machine.backoff.succeeded()
            machine.settle(now: now, actions: &actions)
        }
        return twist(actions)
    }

    mutating func pinged(_ connection: ConnectionID, succeeded: Bool, now: PoolInstant) -> PoolActions {
        twist(machine.pinged(connection, succeeded: succeeded, now: now))
    }

    mutating func resetFinished(_ connection: ConnectionID, succeeded: Bool, now: PoolInstant) -> PoolActions {
        twist(machine.resetFinished(connection, succeeded: succeeded, now: now))
    }

    mutating func closed(_ connection: ConnectionID, now: PoolInstant) -> PoolActions {
        twist(machine.closed(connection, now: now))
    }

    mutating func timerFired(now: PoolInstant) -> PoolActions { twist(machine.timerFired(now: now)) }

    mutating func invalidateAll(now: PoolInstant) -> PoolActions {
        sabotage == .ignoresInvalidation ? PoolActions() : twist(machine.invalidateAll(now: now))
    }

    mutating func shutDown(now: PoolInstant) -> PoolActions { twist(machine.shutDown(now: now)) }

    /// Applies the sabotage that works on actions.
    private mutating func twist(_ actions: PoolActions) -> PoolActions {
        var twisted = PoolActions()
        for action in actions {
            switch (sabotage, action) {
            case (.losesTimer, .schedule), (.forgetsWaiter, .answer), (.neverDrains, .drained): break
            case (.answersTwice, .answer), (.answersTwice, .fail):
                twisted.append(action)
                twisted.append(action)
            case (.answersNewest, .answer(_, let connection)) where queue.count > 1:
                twisted.append(.answer(queue[queue.count - 1], connection))
            case (.handsOutTwice, .answer(let waiter, _)) where lastHandedOut != nil:
                lastHandedOut.map { twisted.append(.answer(waiter, $0)) }
            default: twisted.append(action)
            }
            note(action)
        }
        return twisted
    }

    private mutating func note(_ action: PoolAction) {
        switch action {
        case .answer(let waiter, let connection):
            lastHandedOut = connection
            queue.removeAll { $0 == waiter }
        case .fail(let waiter, _): queue.removeAll { $0 == waiter }
        default: break
        }
    }
}

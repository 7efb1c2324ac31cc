@testable import DialectEngine

/// What the explorer drives: the state machine, or one with a broken rule.
protocol ExploredPool {
    var statistics: PoolStatistics { get }
    mutating func start(now: PoolInstant) -> PoolActions
    mutating func checkOut(now: PoolInstant) -> (checkout: PoolStateMachine.Checkout, actions: PoolActions)
    mutating func cancel(_ waiter: WaiterID) -> Bool
    mutating func checkIn(_ connection: ConnectionID, _ condition: CheckInCondition, now: PoolInstant) -> PoolActions
    mutating func opened(_ connection: ConnectionID, now: PoolInstant) -> PoolActions
    mutating func openFailed(_ connection: ConnectionID, _ failure: OpenFailure, now: PoolInstant) -> PoolActions
    mutating func pinged(_ connection: ConnectionID, succeeded: Bool, now: PoolInstant) -> PoolActions
    mutating func resetFinished(_ connection: ConnectionID, succeeded: Bool, now: PoolInstant) -> PoolActions
    mutating func closed(_ connection: ConnectionID, now: PoolInstant) -> PoolActions
    mutating func timerFired(now: PoolInstant) -> PoolActions
    mutating func invalidateAll(now: PoolInstant) -> PoolActions
    mutating func shutDown(now: PoolInstant) -> PoolActions
}

extension PoolStateMachine: ExploredPool {}

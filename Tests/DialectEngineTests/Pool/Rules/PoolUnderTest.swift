import DialectCore

@testable import DialectEngine

/// A state machine and a clock that stands still, with short names for what most tests do.
///
/// It is a class because `#expect` evaluates only what does not mutate a value.
final class PoolUnderTest {
    var machine: PoolStateMachine
    var now = PoolInstant(nanoseconds: 0)

    init(
        minimumSize: Int = 0,
        maximumSize: Int = 1,
        maximumOverflow: Int = 0,
        checkoutTimeout: Duration = .seconds(30),
        idleTimeout: Duration? = nil,
        maximumAge: Duration? = nil,
        ageJitter: Double = 0,
        pingAfterIdle: Duration? = nil
    ) {
        let configuration = PoolConfiguration(
            minimumSize: minimumSize,
            maximumSize: maximumSize,
            maximumOverflow: maximumOverflow,
            checkoutTimeout: checkoutTimeout,
            idleTimeout: idleTimeout,
            maximumAge: maximumAge,
            ageJitter: ageJitter,
            pingAfterIdle: pingAfterIdle
        )
        machine = PoolStateMachine(configuration: configuration, seed: 1)
    }

    var statistics: PoolStatistics { machine.statistics }

    func pass(_ duration: Duration) { now = now.advanced(by: duration.saturatingNanoseconds) }

    func at(_ duration: Duration) -> PoolInstant { PoolInstant(nanoseconds: duration.saturatingNanoseconds) }

    func checkOut() -> (checkout: PoolStateMachine.Checkout, actions: [PoolAction]) {
        let (checkout, actions) = machine.checkOut(now: now)
        return (checkout, Array(actions))
    }

    func checkIn(_ connection: ConnectionID, _ condition: CheckInCondition = .clean) -> [PoolAction] {
        Array(machine.checkIn(connection, condition, now: now))
    }

    func opened(_ connection: ConnectionID) -> [PoolAction] {
        Array(machine.opened(connection, now: now))
    }

    func openFailed(_ connection: ConnectionID, _ failure: OpenFailure = .transient) -> [PoolAction] {
        Array(machine.openFailed(connection, failure, now: now))
    }

    func pinged(_ connection: ConnectionID, succeeded: Bool) -> [PoolAction] {
        Array(machine.pinged(connection, succeeded: succeeded, now: now))
    }

    func resetFinished(_ connection: ConnectionID, succeeded: Bool) -> [PoolAction] {
        Array(machine.resetFinished(connection, succeeded: succeeded, now: now))
    }

    func closed(_ connection: ConnectionID) -> [PoolAction] { Array(machine.closed(connection, now: now)) }

    func cancel(_ waiter: WaiterID) -> Bool { machine.cancel(waiter) }

    func start() -> [PoolAction] { Array(machine.start(now: now)) }

    func invalidateAll() -> [PoolAction] { Array(machine.invalidateAll(now: now)) }

    func shutDown() -> [PoolAction] { Array(machine.shutDown(now: now)) }

    func timerFired() -> [PoolAction] { Array(machine.timerFired(now: now)) }

    /// Checks out, expecting to wait.
    func wait() throws -> WaiterID {
        guard case .queued(let waiter) = checkOut().checkout else { throw Unexpected() }
        return waiter
    }

    /// Checks out, expecting an idle connection.
    func take() throws -> ConnectionID {
        guard case .ready(let connection) = checkOut().checkout else { throw Unexpected() }
        return connection
    }

    /// Checks out a connection that has to be opened, and opens it.
    func open() throws -> ConnectionID {
        let connection = try beginOpening()
        guard opened(connection).contains(where: { if case .answer(_, connection) = $0 { true } else { false } })
        else { throw Unexpected() }
        return connection
    }

    /// Checks out a connection that has to be opened.
    func beginOpening() throws -> ConnectionID {
        for case .open(let connection) in checkOut().actions { return connection }
        throw Unexpected()
    }

    /// Opens that many connections and leaves them idle; the first one came back first.
    func openIdle(_ count: Int) throws -> [ConnectionID] {
        var connections: [ConnectionID] = []
        for _ in 0..<count { connections.append(try open()) }
        for connection in connections { _ = checkIn(connection) }
        return connections
    }

    /// The pool did something else than the test's preparation needs.
    struct Unexpected: Error {}
}

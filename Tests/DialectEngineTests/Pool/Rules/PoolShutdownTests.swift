import Testing

@testable import DialectEngine

@Suite struct PoolShutdownTests {
    @Test func anEmptyPoolIsDrainedAtOnce() {
        let pool = PoolUnderTest()
        #expect(pool.shutDown() == [.drained])
    }

    @Test func waitersFailAndIdleConnectionsAreClosed() throws {
        let pool = PoolUnderTest(maximumSize: 2, maximumAge: .seconds(300))
        let (idle, inUse) = (try pool.open(), try pool.open())
        let waiter = try pool.wait()
        #expect(pool.cancel(waiter))
        _ = pool.checkIn(idle)
        #expect(pool.shutDown() == [.close(idle, .shutdown), .cancelTimer])
        #expect(pool.checkIn(inUse, .dirty) == [.close(inUse, .shutdown)])
        #expect(pool.closed(idle) == [])
        #expect(pool.closed(inUse) == [.drained])
    }

    @Test func everyWaiterIsToldInTheOrderOfArrival() throws {
        let pool = PoolUnderTest()
        _ = try pool.open()
        let waiters = [try pool.wait(), try pool.wait()]
        let actions = pool.shutDown()
        #expect(actions == [.fail(waiters[0], .closed), .fail(waiters[1], .closed), .cancelTimer])
    }

    @Test func aCheckoutAfterTheShutdownFails() {
        let pool = PoolUnderTest()
        _ = pool.shutDown()
        #expect(pool.checkOut().checkout == .closed)
    }

    @Test func whatIsBeingPreparedIsClosedWhenItIsReady() throws {
        let pool = PoolUnderTest(maximumSize: 3, pingAfterIdle: .seconds(1))
        let idle = try pool.openIdle(1)
        pool.pass(.seconds(2))
        _ = try pool.wait()
        let opening = try pool.beginOpening()
        let (failing, inUse) = (try pool.beginOpening(), idle[0])
        _ = pool.shutDown()
        #expect(pool.pinged(inUse, succeeded: true) == [.close(inUse, .shutdown)])
        #expect(pool.opened(opening) == [.close(opening, .shutdown)])
        #expect(pool.openFailed(failing) == [])
        _ = pool.closed(inUse)
        #expect(pool.closed(opening) == [.drained])
    }

    @Test func theLastOpeningThatFailsCompletesTheShutdown() throws {
        let pool = PoolUnderTest()
        let opening = try pool.beginOpening()
        _ = pool.shutDown()
        #expect(pool.openFailed(opening) == [.drained])
    }

    @Test func aSecondShutdownAndALateTimerChangeNothing() throws {
        let pool = PoolUnderTest()
        _ = try pool.open()
        _ = try pool.wait()
        _ = pool.shutDown()
        #expect(pool.shutDown() == [])
        pool.pass(.seconds(60))
        #expect(pool.timerFired() == [])
    }

    @Test func theMinimumSizeIsNotRefilledAfterTheShutdown() throws {
        let pool = PoolUnderTest(minimumSize: 1)
        for case .open(let connection) in pool.start() { _ = pool.opened(connection) }
        guard case .close(let idle, .shutdown) = pool.shutDown().first
        else { throw PoolUnderTest.Unexpected() }
        #expect(pool.closed(idle) == [.drained])
    }
}

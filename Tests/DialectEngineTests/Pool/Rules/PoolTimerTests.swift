import DialectCore
import Testing

@testable import DialectEngine

@Suite struct PoolTimerTests {
    @Test func aWaiterFailsAtItsDeadline() throws {
        let pool = PoolUnderTest(checkoutTimeout: .seconds(30))
        _ = try pool.open()
        let waiter = try pool.wait()
        #expect(pool.machine.timer == pool.at(.seconds(30)))
        pool.pass(.seconds(30))
        #expect(pool.timerFired() == [.fail(waiter, .timedOut)])
        #expect(pool.statistics.waiting == 0)
    }

    @Test func aWaiterIsAnsweredThoughTheOpeningNeverEnds() throws {
        let pool = PoolUnderTest(checkoutTimeout: .seconds(5))
        let waiter = try pool.wait()
        pool.pass(.seconds(5))
        guard case .fail(waiter, .timedOut) = pool.timerFired().first else { throw PoolUnderTest.Unexpected() }
    }

    @Test func onlyThoseWhoseDeadlineHasComeFail() throws {
        let pool = PoolUnderTest(checkoutTimeout: .seconds(30))
        _ = try pool.open()
        _ = try pool.wait()
        pool.pass(.seconds(10))
        _ = try pool.wait()
        pool.pass(.seconds(20))
        let actions = pool.timerFired()
        #expect(actions.count == 2)
        #expect(actions.last == .schedule(pool.at(.seconds(40))))
        #expect(pool.statistics.waiting == 1)
    }

    @Test func theTimerIsNotTouchedByCheckoutsThatDoNotWait() throws {
        let pool = PoolUnderTest(idleTimeout: .seconds(60), maximumAge: .seconds(300))
        _ = try pool.openIdle(1)
        let timer = pool.machine.timer
        for _ in 0..<10 {
            pool.pass(.milliseconds(1))
            let (checkout, actions) = pool.checkOut()
            guard case .ready(let connection) = checkout else { throw PoolUnderTest.Unexpected() }
            #expect(actions == [])
            #expect(pool.checkIn(connection) == [])
        }
        #expect(pool.machine.timer == timer)
    }

    @Test func aTimerThatFiresTooEarlyIsSetAgain() throws {
        let pool = PoolUnderTest(checkoutTimeout: .seconds(30))
        _ = try pool.open()
        _ = try pool.wait()
        pool.pass(.seconds(1))
        #expect(pool.timerFired() == [.schedule(pool.at(.seconds(30)))])
    }

    @Test func idleConnectionsAreClosedAfterTheIdleTimeoutDownToTheMinimumSize() throws {
        let pool = PoolUnderTest(minimumSize: 1, maximumSize: 3, idleTimeout: .seconds(60))
        let idle = try pool.openIdle(3)
        #expect(pool.machine.timer == pool.at(.seconds(30)))
        pool.pass(.seconds(60))
        #expect(pool.timerFired() == [.close(idle[0], .idleTimeout), .close(idle[1], .idleTimeout)])
        #expect(pool.statistics.idle == 1)
    }

    @Test func aConnectionInUseIsNotReaped() throws {
        let pool = PoolUnderTest(maximumSize: 2, idleTimeout: .seconds(60), maximumAge: .seconds(60))
        let idle = try pool.openIdle(2)
        let taken = try pool.take()
        pool.pass(.seconds(60))
        #expect(pool.timerFired() == [.close(idle[0], .maximumAge)])
        #expect(taken == idle[1])
    }

    @Test func anIdleConnectionIsClosedAtItsMaximumAge() throws {
        let pool = PoolUnderTest(maximumAge: .seconds(300))
        let idle = try pool.openIdle(1)
        pool.pass(.seconds(299))
        _ = pool.timerFired()
        #expect(pool.statistics.idle == 1)
        pool.pass(.seconds(1))
        #expect(pool.timerFired() == [.close(idle[0], .maximumAge)])
    }

    @Test func anOldConnectionIsNotHandedOutThoughTheTimerIsLate() throws {
        let pool = PoolUnderTest(maximumSize: 2, maximumAge: .seconds(300))
        let old = try pool.openIdle(1)
        pool.pass(.seconds(300))
        let (checkout, actions) = pool.checkOut()
        guard case .queued = checkout else { throw PoolUnderTest.Unexpected() }
        #expect(actions.first == .close(old[0], .maximumAge))
    }

    @Test func connectionsOpenedTogetherDoNotEndTogether() throws {
        let pool = PoolUnderTest(maximumSize: 20, maximumAge: .seconds(300), ageJitter: 0.1)
        let idle = try pool.openIdle(20)
        let ends = Set(idle.map { pool.machine.slots.slot(of: $0).expiresAt })
        #expect(ends.count == 20)
        #expect(ends.allSatisfy { $0 > pool.at(.seconds(270)) && $0 <= pool.at(.seconds(300)) })
    }

    @Test func anEarlierMomentThanTheLatestDoesNotTurnTimeBack() throws {
        let pool = PoolUnderTest(checkoutTimeout: .seconds(30))
        _ = try pool.open()
        pool.pass(.seconds(10))
        _ = try pool.wait()
        pool.now = pool.at(.seconds(9))
        _ = try pool.wait()
        pool.now = pool.at(.seconds(40))
        #expect(pool.timerFired().count == 2)
    }
}

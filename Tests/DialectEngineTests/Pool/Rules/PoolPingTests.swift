import Testing

@testable import DialectEngine

@Suite struct PoolPingTests {
    @Test func aConnectionIdleForLessThanTheThresholdIsNotPinged() throws {
        let pool = PoolUnderTest(pingAfterIdle: .seconds(1))
        let idle = try pool.openIdle(1)
        pool.pass(.milliseconds(999))
        #expect(try pool.take() == idle[0])
    }

    @Test func aConnectionIdleForTheThresholdIsPingedFirst() throws {
        let pool = PoolUnderTest(pingAfterIdle: .seconds(1))
        let idle = try pool.openIdle(1)
        pool.pass(.seconds(1))
        let (checkout, actions) = pool.checkOut()
        guard case .queued(let waiter) = checkout else { throw PoolUnderTest.Unexpected() }
        #expect(actions.contains(.ping(idle[0])))
        #expect(pool.pinged(idle[0], succeeded: true) == [.answer(waiter, idle[0])])
    }

    @Test func aThresholdOfZeroPingsEveryTime() throws {
        let pool = PoolUnderTest(pingAfterIdle: .zero)
        let idle = try pool.openIdle(1)
        #expect(pool.checkOut().actions.contains(.ping(idle[0])))
    }

    @Test func withoutAThresholdNothingIsPinged() throws {
        let pool = PoolUnderTest(pingAfterIdle: nil)
        let idle = try pool.openIdle(1)
        pool.pass(.seconds(1_000_000))
        #expect(try pool.take() == idle[0])
    }

    @Test func aFailedPingClosesTheConnectionAndThoseThatAreIdleWithIt() throws {
        let pool = PoolUnderTest(maximumSize: 3, pingAfterIdle: .seconds(1))
        let idle = try pool.openIdle(3)
        pool.pass(.seconds(2))
        _ = try pool.wait()
        let actions = pool.pinged(idle[2], succeeded: false)
        #expect(actions.contains(.close(idle[2], .pingFailed)))
        #expect(actions.contains(.close(idle[1], .invalidated)))
        #expect(actions.contains(.close(idle[0], .invalidated)))
    }

    @Test func aFailedPingLeadsToANewConnectionForTheWaiter() throws {
        let pool = PoolUnderTest(maximumSize: 1, maximumOverflow: 1, pingAfterIdle: .seconds(1))
        let idle = try pool.openIdle(1)
        pool.pass(.seconds(2))
        let waiter = try pool.wait()
        let actions = pool.pinged(idle[0], succeeded: false)
        guard case .open(let fresh) = actions.last else { throw PoolUnderTest.Unexpected() }
        #expect(pool.opened(fresh) == [.answer(waiter, fresh)])
    }

    @Test func aConnectionPingedForACancelledWaiterIsIdleAgainAndFresh() throws {
        let pool = PoolUnderTest(pingAfterIdle: .seconds(1))
        let idle = try pool.openIdle(1)
        pool.pass(.seconds(2))
        let waiter = try pool.wait()
        #expect(pool.cancel(waiter))
        #expect(pool.pinged(idle[0], succeeded: true) == [])
        #expect(try pool.take() == idle[0])
    }
}

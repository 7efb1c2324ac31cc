import Testing

@testable import DialectEngine

@Suite struct PoolCheckoutTests {
    @Test func anEmptyPoolOpensAConnectionForTheFirstCheckout() throws {
        let pool = PoolUnderTest()
        let (checkout, actions) = pool.checkOut()
        guard case .queued(let waiter) = checkout, case .open(let connection) = actions.first else {
            throw PoolUnderTest.Unexpected()
        }
        #expect(pool.opened(connection) == [.answer(waiter, connection)])
        #expect(pool.statistics.inUse == 1)
    }

    @Test func anIdleConnectionIsReadyAtOnceWithoutAnyAction() throws {
        let pool = PoolUnderTest()
        let idle = try pool.openIdle(1)
        let (checkout, actions) = pool.checkOut()
        #expect(checkout == .ready(idle[0]))
        #expect(actions == [])
    }

    @Test func theConnectionThatCameBackLastIsTakenFirst() throws {
        let pool = PoolUnderTest(maximumSize: 3)
        let idle = try pool.openIdle(3)
        #expect(try pool.take() == idle[2])
        #expect(try pool.take() == idle[1])
        #expect(try pool.take() == idle[0])
    }

    @Test func noConnectionIsOpenedAboveTheLimit() throws {
        let pool = PoolUnderTest(maximumSize: 2, maximumOverflow: 1)
        for _ in 0..<3 { _ = try pool.beginOpening() }
        #expect(pool.checkOut().actions == [])
        #expect(pool.statistics.opening == 3)
        #expect(pool.statistics.waiting == 4)
    }

    @Test func aClosingConnectionCountsUntilItIsClosed() throws {
        let pool = PoolUnderTest()
        let connection = try pool.open()
        #expect(pool.checkIn(connection, .invalid) == [.close(connection, .invalidated)])
        let waiter = try pool.wait()
        #expect(pool.statistics.total == 1)
        let next = try #require(pool.closed(connection).first)
        guard case .open(let replacement) = next else { throw PoolUnderTest.Unexpected() }
        #expect(pool.opened(replacement) == [.answer(waiter, replacement)])
    }

    @Test func aNewcomerQueuesBehindThoseWhoWait() throws {
        let pool = PoolUnderTest(maximumSize: 2)
        let first = try pool.open()
        let second = try pool.open()
        let oldest = try pool.wait()
        let newcomer = try pool.wait()
        #expect(pool.checkIn(second) == [.answer(oldest, second)])
        #expect(pool.checkIn(first) == [.answer(newcomer, first)])
    }

    @Test func onlyAsManyConnectionsAreOpenedAsThereAreWaiters() throws {
        let pool = PoolUnderTest(maximumSize: 3)
        let opening = try pool.beginOpening()
        let inUse = try pool.beginOpening()
        _ = pool.opened(inUse)
        #expect(pool.statistics.waiting == 1)
        #expect(pool.checkIn(inUse).count == 1)
        // Nobody waits now, so the second checkout is served by what is being opened already.
        #expect(pool.statistics.waiting == 0)
        let (_, actions) = pool.checkOut()
        #expect(!actions.contains { if case .open = $0 { true } else { false } })
        #expect(pool.opened(opening).count == 1)
    }

    @Test func aConnectionThatIsReadyFirstGoesToTheOldestWaiter() throws {
        let pool = PoolUnderTest(maximumSize: 2)
        let oldest = try pool.wait()
        let slow = pool.statistics.opening
        let fast = try pool.beginOpening()
        #expect(slow == 1)
        #expect(pool.opened(fast) == [.answer(oldest, fast)])
    }

    @Test func aCancelledWaiterIsSkipped() throws {
        let pool = PoolUnderTest()
        let connection = try pool.open()
        let cancelled = try pool.wait()
        let next = try pool.wait()
        #expect(pool.cancel(cancelled))
        #expect(pool.checkIn(connection) == [.answer(next, connection)])
    }

    @Test func aWaiterIsCancelledOnceOnly() throws {
        let pool = PoolUnderTest()
        _ = try pool.open()
        let waiter = try pool.wait()
        #expect(pool.cancel(waiter))
        #expect(!pool.cancel(waiter))
    }

    @Test func anAnsweredWaiterCannotBeCancelled() throws {
        let pool = PoolUnderTest()
        let connection = try pool.open()
        let waiter = try pool.wait()
        _ = pool.checkIn(connection)
        #expect(!pool.cancel(waiter))
        #expect(pool.statistics.inUse == 1)
    }

    @Test func aConnectionOpenedForACancelledWaiterStaysIdle() throws {
        let pool = PoolUnderTest()
        guard case (.queued(let waiter), let actions) = pool.checkOut(), case .open(let connection) = actions[0]
        else { throw PoolUnderTest.Unexpected() }
        #expect(pool.cancel(waiter))
        #expect(pool.opened(connection) == [])
        #expect(try pool.take() == connection)
    }
}

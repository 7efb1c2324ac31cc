import Testing

@testable import DialectEngine

@Suite struct PoolCheckInTests {
    @Test func aCleanConnectionGoesToTheOldestWaiterAtOnce() throws {
        let pool = PoolUnderTest()
        let connection = try pool.open()
        let waiter = try pool.wait()
        #expect(pool.checkIn(connection) == [.answer(waiter, connection)])
    }

    @Test func aCleanConnectionIsIdleWhenNobodyWaits() throws {
        let pool = PoolUnderTest()
        #expect(pool.checkIn(try pool.open()) == [])
        #expect(pool.statistics.idle == 1)
    }

    @Test func aDirtyConnectionIsResetBeforeAnybodyGetsIt() throws {
        let pool = PoolUnderTest()
        let connection = try pool.open()
        let waiter = try pool.wait()
        #expect(pool.checkIn(connection, .dirty) == [.reset(connection)])
        #expect(pool.statistics.resetting == 1)
        #expect(pool.resetFinished(connection, succeeded: true) == [.answer(waiter, connection)])
    }

    @Test func aConnectionThatCannotBeResetIsClosed() throws {
        let pool = PoolUnderTest()
        let connection = try pool.open()
        _ = pool.checkIn(connection, .dirty)
        #expect(pool.resetFinished(connection, succeeded: false) == [.close(connection, .resetFailed)])
    }

    @Test func anInvalidConnectionIsClosedAndTheOthersStay() throws {
        let pool = PoolUnderTest(maximumSize: 2)
        let (broken, other) = (try pool.open(), try pool.open())
        _ = pool.checkIn(other)
        #expect(pool.checkIn(broken, .invalid) == [.close(broken, .invalidated)])
        #expect(pool.statistics.idle == 1)
    }

    @Test func aConnectionAboveTheMaximumSizeIsClosedWhenNobodyWaits() throws {
        let pool = PoolUnderTest(maximumSize: 1, maximumOverflow: 1)
        let (first, second) = (try pool.open(), try pool.open())
        #expect(pool.checkIn(first) == [.close(first, .overflow)])
        #expect(pool.checkIn(second) == [])
        #expect(pool.statistics.idle == 1)
    }

    @Test func aDirtyConnectionAboveTheMaximumSizeIsClosedWithoutAReset() throws {
        let pool = PoolUnderTest(maximumSize: 1, maximumOverflow: 1)
        let (first, _) = (try pool.open(), try pool.open())
        #expect(pool.checkIn(first, .dirty) == [.close(first, .overflow)])
    }

    @Test func aConnectionAboveTheMaximumSizeServesThoseWhoWait() throws {
        let pool = PoolUnderTest(maximumSize: 1, maximumOverflow: 1)
        let (first, _) = (try pool.open(), try pool.open())
        let waiter = try pool.wait()
        #expect(pool.checkIn(first) == [.answer(waiter, first)])
    }

    @Test func anOldConnectionIsClosedAtCheckInAndReplacedForTheWaiter() throws {
        let pool = PoolUnderTest(maximumOverflow: 1, maximumAge: .seconds(60))
        let (connection, _) = (try pool.open(), try pool.open())
        _ = try pool.wait()
        pool.pass(.seconds(60))
        #expect(pool.checkIn(connection, .dirty).contains(.close(connection, .maximumAge)))
        #expect(pool.closed(connection).contains { if case .open = $0 { true } else { false } })
    }

    @Test func aSecondCheckInStopsTheProgram() async {
        await #expect(processExitsWith: .failure) {
            let pool = PoolUnderTest()
            let connection = try pool.open()
            _ = pool.checkIn(connection)
            _ = pool.checkIn(connection)
        }
    }

    @Test func aCheckInOfAConnectionThatIsGoneStopsTheProgram() async {
        await #expect(processExitsWith: .failure) {
            let pool = PoolUnderTest()
            let connection = try pool.open()
            _ = pool.checkIn(connection, .invalid)
            _ = pool.closed(connection)
            _ = try pool.open()
            _ = pool.checkIn(connection)
        }
    }
}

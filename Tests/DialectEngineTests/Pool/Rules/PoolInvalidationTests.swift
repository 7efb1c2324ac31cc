import Testing

@testable import DialectEngine

@Suite struct PoolInvalidationTests {
    @Test func idleConnectionsAreClosedAtOnceAndOthersWhenTheyComeBack() throws {
        let pool = PoolUnderTest(maximumSize: 2)
        let (idle, inUse) = (try pool.open(), try pool.open())
        _ = pool.checkIn(idle)
        #expect(pool.invalidateAll() == [.close(idle, .invalidated)])
        #expect(pool.checkIn(inUse) == [.close(inUse, .invalidated)])
    }

    @Test func aConnectionOpenedAfterwardsIsFine() throws {
        let pool = PoolUnderTest()
        _ = pool.invalidateAll()
        let connection = try pool.open()
        #expect(pool.checkIn(connection) == [])
    }

    @Test func aConnectionThatIsBeingResetIsClosedAfterIt() throws {
        let pool = PoolUnderTest()
        let connection = try pool.open()
        _ = pool.checkIn(connection, .dirty)
        _ = pool.invalidateAll()
        #expect(pool.resetFinished(connection, succeeded: true) == [.close(connection, .invalidated)])
    }

    @Test func aLostConnectionTakesTheIdleOnesWithIt() throws {
        let pool = PoolUnderTest(maximumSize: 3)
        let idle = try pool.openIdle(3)
        let lost = try pool.take()
        let actions = pool.checkIn(lost, .lost)
        #expect(
            actions == [.close(idle[1], .invalidated), .close(idle[0], .invalidated), .close(lost, .invalidated)]
        )
    }

    @Test func aSecondReportOfTheSameLossSparesWhatWasOpenedInBetween() throws {
        let pool = PoolUnderTest(maximumSize: 3)
        let (first, second) = (try pool.open(), try pool.open())
        _ = pool.checkIn(first, .lost)
        let fresh = try pool.open()
        _ = pool.checkIn(fresh)
        #expect(pool.checkIn(second, .lost) == [.close(second, .invalidated)])
        #expect(try pool.take() == fresh)
    }
}

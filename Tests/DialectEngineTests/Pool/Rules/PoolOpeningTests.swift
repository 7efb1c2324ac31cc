import Testing

@testable import DialectEngine

@Suite struct PoolOpeningTests {
    @Test func aFailedOpeningFailsTheOldestWaiterAtOnce() throws {
        let pool = PoolUnderTest()
        guard case (.queued(let oldest), let actions) = pool.checkOut(), case .open(let connection) = actions[0]
        else { throw PoolUnderTest.Unexpected() }
        let other = try pool.wait()
        let failures = pool.openFailed(connection)
        #expect(failures.first == .fail(oldest, .openFailed))
        #expect(!failures.contains(.fail(other, .openFailed)))
        #expect(pool.statistics.waiting == 1)
    }

    @Test func aFailedOpeningFailsNobodyWhomAnotherConnectionWillServe() throws {
        let pool = PoolUnderTest(maximumSize: 2)
        let inUse = try pool.open()
        let opening = try pool.beginOpening()
        _ = pool.checkIn(inUse, .dirty)
        #expect(pool.openFailed(opening) == [])
        #expect(pool.resetFinished(inUse, succeeded: true).count == 1)
    }

    @Test func theNextOpeningWaitsForTheBackoff() throws {
        let pool = PoolUnderTest()
        _ = pool.openFailed(try pool.beginOpening())
        #expect(!opens(pool.checkOut().actions))
        let retry = try #require(pool.machine.timer)
        #expect(retry >= pool.at(.milliseconds(5)) && retry <= pool.at(.milliseconds(10)))
        pool.now = retry
        #expect(opens(pool.timerFired()))
    }

    @Test func oneProbeIsSentHoweverManyWait() throws {
        let pool = PoolUnderTest(maximumSize: 5)
        _ = pool.openFailed(try pool.beginOpening())
        for _ in 0..<4 { _ = try pool.wait() }
        pool.pass(.milliseconds(100))
        _ = pool.timerFired()
        #expect(pool.statistics.opening == 1)
    }

    @Test func aSuccessfulProbeLetsTheOthersOpen() throws {
        let pool = PoolUnderTest(maximumSize: 5)
        _ = pool.openFailed(try pool.beginOpening())
        for _ in 0..<4 { _ = try pool.wait() }
        pool.pass(.milliseconds(100))
        for case .open(let probe) in pool.timerFired() { _ = pool.opened(probe) }
        #expect(pool.statistics.inUse == 1)
        #expect(pool.statistics.opening == 3)
    }

    @Test func aPermanentFailureWithoutAnyConnectionFailsAllWaiters() throws {
        let pool = PoolUnderTest()
        guard case (.queued(let oldest), let actions) = pool.checkOut(), case .open(let connection) = actions[0]
        else { throw PoolUnderTest.Unexpected() }
        let other = try pool.wait()
        let failures = pool.openFailed(connection, .permanent)
        #expect(failures == [.fail(oldest, .openFailed), .fail(other, .openFailed)])
    }

    @Test func aPermanentFailureBesideAWorkingConnectionFailsOneWaiter() throws {
        let pool = PoolUnderTest(maximumSize: 2)
        let inUse = try pool.open()
        let opening = try pool.beginOpening()
        let other = try pool.wait()
        _ = pool.openFailed(opening, .permanent)
        #expect(pool.checkIn(inUse) == [.answer(other, inUse)])
    }

    @Test func theMinimumSizeIsOpenedAtTheStart() {
        let pool = PoolUnderTest(minimumSize: 2, maximumSize: 3)
        #expect(pool.start().count == 2)
        #expect(pool.statistics.opening == 2)
    }

    @Test func theMinimumSizeIsRefilled() throws {
        let pool = PoolUnderTest(minimumSize: 1, maximumSize: 2)
        for case .open(let connection) in pool.start() { _ = pool.opened(connection) }
        let connection = try pool.take()
        let actions = pool.checkIn(connection, .invalid)
        #expect(actions.first == .close(connection, .invalidated))
        #expect(opens(actions))
    }

    @Test func theMinimumSizeIsRefilledAfterFailuresWithoutAnyWaiter() throws {
        let pool = PoolUnderTest(minimumSize: 1)
        for case .open(let connection) in pool.start() {
            #expect(pool.openFailed(connection) == [.schedule(try #require(pool.machine.timer))])
        }
        pool.pass(.milliseconds(100))
        #expect(opens(pool.timerFired()))
    }

    private func opens(_ actions: [PoolAction]) -> Bool {
        actions.contains { if case .open = $0 { true } else { false } }
    }
}

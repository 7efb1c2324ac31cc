import Testing

@testable import DialectReactor

@Suite struct TimerQueueTests {
    private let start = ContinuousClock.now

    @Test func actionsComeInTheOrderOfTheirDeadlines() {
        var queue = TimerQueue()
        var fired: [Int] = []
        for number in [3, 1, 2] { _ = queue.add(at: start + .seconds(number)) { fired.append(number) } }
        while let action = queue.popExpired(now: start + .seconds(2)) { action() }
        #expect(fired == [1, 2])
        #expect(!queue.isEmpty)
        while let action = queue.popExpired(now: start + .seconds(3)) { action() }
        #expect(fired == [1, 2, 3])
        #expect(queue.isEmpty)
    }

    @Test func aRemovedTimerDoesNotFire() {
        var queue = TimerQueue()
        let token = queue.add(at: start) { Issue.record("it fired") }
        queue.remove(token)
        queue.remove(token)
        #expect(queue.isEmpty)
        #expect(queue.popExpired(now: start + .seconds(1)) == nil)
        #expect(queue.millisecondsUntilNext(now: start) == -1)
    }

    @Test func manyRemovedTimersLeaveTheOthersInOrder() {
        var queue = TimerQueue()
        var fired: [Int] = []
        for number in 0..<1000 {
            let token = queue.add(at: start + .milliseconds(1000 - number)) { fired.append(number) }
            if number % 10 != 0 { queue.remove(token) }
        }
        while let action = queue.popExpired(now: start + .seconds(2)) { action() }
        #expect(fired == stride(from: 990, through: 0, by: -10).map { $0 })
    }

    @Test func theWaitIsRoundedUpSoThatTheTimerHasExpiredAfterIt() {
        var queue = TimerQueue()
        _ = queue.add(at: start + .microseconds(1500)) {}
        #expect(queue.millisecondsUntilNext(now: start) == 2)
        #expect(queue.millisecondsUntilNext(now: start + .seconds(1)) == 0)
    }
}

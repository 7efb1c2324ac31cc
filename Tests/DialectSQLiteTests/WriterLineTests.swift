#if SQLite
import Testing

@testable import SQLiteFamily

@Suite struct WriterLineTests {
    private func line(of tickets: ClosedRange<UInt64>) -> WriterLine {
        var line = WriterLine()
        for ticket in tickets { _ = line.request(ticket) }
        return line
    }

    @Test func theFirstRequestIsGranted() {
        var line = WriterLine()
        let first = line.request(1)
        let second = line.request(2)
        #expect(first && !second)
        #expect(line.holder == 1 && line.waiterCount == 1)
    }

    @Test func releaseGrantsInTheOrderOfRequests() {
        var line = line(of: 1...4)
        let next = (0..<4).map { _ in line.release() }
        #expect(next == [2, 3, 4, nil])
        let isGranted = line.request(5)
        #expect(isGranted)
    }

    @Test func whoWithdrewIsSkipped() {
        var line = line(of: 1...4)
        let withdrawn = [2, 4, 2, 1, 9].map { line.withdraw($0) }
        #expect(withdrawn == [true, true, false, false, false])
        let next = (0..<2).map { _ in line.release() }
        #expect(next == [3, nil])
    }

    @Test func withdrawnTicketsDoNotPileUp() {
        var line = line(of: 0...0)
        var withdrawals = 0
        for ticket in 1...100_000 as ClosedRange<UInt64> {
            _ = line.request(ticket)
            withdrawals += line.withdraw(ticket) ? 1 : 0
        }
        #expect(withdrawals == 100_000)
        #expect(line.orderCount < 100)
        _ = line.request(200_000)
        let next = line.release()
        #expect(next == 200_000)
    }

    @Test func neverTwoHoldersAndNobodyIsForgotten() {
        var line = WriterLine()
        var model: [UInt64] = []
        var last: UInt64 = 0
        var isAsTheModel = true
        for _ in 0..<100_000 {
            switch Int.random(in: 0..<3) {
            case 0:
                last += 1
                isAsTheModel = isAsTheModel && line.request(last) == model.isEmpty
                model.append(last)
            case 1:
                guard let ticket = model.dropFirst().randomElement() else { continue }
                isAsTheModel = isAsTheModel && line.withdraw(ticket)
                model.removeAll { $0 == ticket }
            default:
                guard !model.isEmpty else { continue }
                model.removeFirst()
                isAsTheModel = isAsTheModel && line.release() == model.first
            }
            isAsTheModel = isAsTheModel && line.holder == model.first
            isAsTheModel = isAsTheModel && line.waiterCount == max(0, model.count - 1)
        }
        #expect(isAsTheModel)
        #expect(last > 10_000)
    }
}

@Suite struct BusyWaitTests {
    @Test func delaysGrowToTheLongest() {
        let start = ContinuousClock.now
        var wait = BusyWait(timeout: .seconds(100), start: start)
        let delays = (0..<20).compactMap { _ in wait.nextDelay(at: start, fraction: 1) }
        #expect(delays.first == .milliseconds(1))
        #expect(delays.last == .milliseconds(25))
        #expect(zip(delays, delays.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func chanceTakesAtMostHalf() {
        let start = ContinuousClock.now
        var wait = BusyWait(timeout: .seconds(100), start: start)
        let delay = wait.nextDelay(at: start, fraction: 0)
        #expect(delay == .microseconds(500))
    }

    @Test func theLastDelayEndsAtTheTimeout() {
        let start = ContinuousClock.now
        var wait = BusyWait(timeout: .milliseconds(100), start: start)
        let before = wait.nextDelay(at: start + .microseconds(99_900), fraction: 1)
        let after = wait.nextDelay(at: start + .milliseconds(100), fraction: 1)
        #expect(before == .microseconds(100) && after == nil)
    }

    @Test(arguments: [(Duration.seconds(5), "5.0 s"), (.milliseconds(1240), "1.2 s"), (.zero, "0.0 s")])
    func messagesHaveTenthsOfSeconds(duration: Duration, text: String) {
        #expect(duration.inSeconds == text)
    }
}
#endif

import Testing

@testable import AuthFort

@Suite struct WorkQueueTests {
    private func submit(_ job: Int, to queue: inout WorkQueue<Int>) -> (WorkQueue<Int>.Submission, UInt64) {
        let ticket = queue.reserveTicket()
        return (queue.submit(job, ticket: ticket), ticket)
    }

    private func taken(_ step: WorkQueue<Int>.Step?) -> Int? {
        guard case .run(let job) = step else { return nil }
        return job
    }

    @Test func threadsStartAsJobsComeUpToTheMaximum() {
        var queue = WorkQueue<Int>(maximumThreads: 2)
        #expect(submit(1, to: &queue).0 == .startThread)
        #expect(submit(2, to: &queue).0 == .startThread)
        #expect(submit(3, to: &queue).0 == .wakeThread)
        #expect(queue.threads == 2)
        #expect(queue.waitingCount == 3)
    }

    @Test func aFreeThreadIsUsedBeforeANewOneStarts() {
        var queue = WorkQueue<Int>(maximumThreads: 2)
        #expect(submit(1, to: &queue).0 == .startThread)
        #expect(taken(queue.next()) == 1)
        queue.jobFinished()
        #expect(queue.next() == nil)
        #expect(submit(2, to: &queue).0 == .wakeThread)
        #expect(queue.threads == 1)
    }

    @Test func jobsAreTakenInOrderAndCancelledOnesNever() {
        var queue = WorkQueue<Int>(maximumThreads: 1)
        _ = submit(1, to: &queue)
        let second = submit(2, to: &queue).1
        _ = submit(3, to: &queue)
        #expect(queue.cancel(second) == 2)
        #expect(queue.cancel(second) == nil)
        #expect(taken(queue.next()) == 1)
        #expect(taken(queue.next()) == 3)
        #expect(queue.next() == nil)
    }

    @Test func aTakenJobCannotBeCancelled() {
        var queue = WorkQueue<Int>(maximumThreads: 1)
        let ticket = submit(1, to: &queue).1
        #expect(taken(queue.next()) == 1)
        #expect(queue.cancel(ticket) == nil)
        #expect(queue.busy == 1)
    }

    @Test func aStoppedQueueHandsBackItsJobsAndEndsItsThreads() {
        var queue = WorkQueue<Int>(maximumThreads: 1)
        for job in 1...3 { _ = submit(job, to: &queue) }
        #expect(taken(queue.next()) == 1)
        #expect(queue.stop() == [2, 3])
        #expect(submit(4, to: &queue).0 == .refused)
        queue.jobFinished()
        guard case .end = queue.next() else {
            Issue.record("the thread does not end")
            return
        }
        queue.threadEnded()
        #expect(queue.threads == 0)
    }

    @Test func jobsAreHandedBackWhenTheOnlyThreadDoesNotStart() {
        var queue = WorkQueue<Int>(maximumThreads: 2)
        _ = submit(1, to: &queue)
        #expect(queue.threadNotStarted() == [1])
        #expect(submit(2, to: &queue).0 == .startThread)
        #expect(submit(3, to: &queue).0 == .startThread)
        #expect(queue.threadNotStarted() == [])
        #expect(queue.waitingCount == 2)
    }
}

import Testing

@testable import DialectEngine

@Suite struct WaiterQueueTests {
    @Test func waitersLeaveInTheOrderOfArrival() {
        var queue = WaiterQueue()
        let waiters = (0..<3).map { queue.append(deadline: moment($0)) }
        #expect(drain(&queue) == waiters)
    }

    @Test(arguments: 0..<3)
    func anyWaiterCanBeRemoved(position: Int) {
        var queue = WaiterQueue()
        var waiters = (0..<3).map { queue.append(deadline: moment($0)) }
        let isRemoved = queue.remove(waiters.remove(at: position))
        #expect(isRemoved)
        #expect(queue.count == 2)
        #expect(drain(&queue) == waiters)
        #expect(queue.isEmpty)
    }

    @Test func theNameOfAFormerWaiterDoesNotMatchTheNextInItsPlace() {
        var queue = WaiterQueue()
        let former = queue.append(deadline: moment(1))
        _ = queue.popFirst()
        let next = queue.append(deadline: moment(2))
        #expect(former.index == next.index)
        let isRemoved = queue.remove(former)
        #expect(!isRemoved)
        #expect(drain(&queue) == [next])
    }

    @Test func theFirstDeadlineIsThatOfTheOldest() {
        var queue = WaiterQueue()
        #expect(queue.firstDeadline == nil)
        let first = queue.append(deadline: moment(1))
        _ = queue.append(deadline: moment(2))
        #expect(queue.firstDeadline == moment(1))
        _ = queue.remove(first)
        #expect(queue.firstDeadline == moment(2))
    }

    private func moment(_ nanoseconds: Int64) -> PoolInstant { PoolInstant(nanoseconds: nanoseconds) }

    private func drain(_ queue: inout WaiterQueue) -> [WaiterID] {
        var waiters: [WaiterID] = []
        while let waiter = queue.popFirst() { waiters.append(waiter) }
        return waiters
    }
}

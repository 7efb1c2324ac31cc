@testable import DialectEngine

// What must hold after every event.
extension PoolWorld {
    /// A connection that came back, and that no action was about, is idle now.
    mutating func fileReturned() throws(Violation) {
        for index in connections.indices {
            guard case .returned(let condition) = connections[index].state else { continue }
            let id = name(index)
            try check(.reset, condition != .needsReset, "\(id) becomes idle without a reset")
            try check(.closeReason, condition == .usable, "\(id) becomes idle but is unusable")
            try check(.shutdown, !isShutDown, "\(id) becomes idle after the shutdown")
            try check(.epoch, self[id].epoch == epoch, "\(id) becomes idle but was invalidated")
            enter(id, .idle)
            try check(.limit, books.live <= limits.maximumSize, "\(id) becomes idle above the maximum size")
        }
    }

    func checkAll() throws(Violation) {
        if isShutDown { try checkShutDown() } else { try checkDemand() }
        if !isShutDown { try checkTimer() }
        var expected = books
        expected.waiting = waiters.count
        let statistics = pool.statistics
        try check(.limit, statistics.total <= limits.total, "\(statistics) is above the limit of \(limits.total)")
        try check(.statistics, statistics == expected, "the pool reports \(statistics), but there are \(expected)")
    }

    /// Nobody waits in vain, and the minimum size is kept.
    private func checkDemand() throws(Violation) {
        let isShort = books.preparing < waiters.count
        try check(.noIdleWhileWaiting, !isShort || books.idle == 0, "\(waiters.count) wait, \(books.idle) are idle")
        guard books.total < limits.total, failures == nil else { return }
        try check(.demand, !isShort, "\(waiters.count) wait, \(books.preparing) are prepared, more are allowed")
        try check(.minimum, books.live >= limits.minimumSize, "\(books.live) of at least \(limits.minimumSize)")
    }

    /// The timer fires no later than the first moment at which something has to happen.
    private func checkTimer() throws(Violation) {
        let timer = timer ?? .distantFuture
        if let deadline = waiters.first?.deadline {
            try check(.timer, timer <= deadline, "the timer is after the deadline of the oldest waiter")
        }
        if let oldest = idleOrder.first, limits.idleTimeout < .max, books.live > limits.minimumSize {
            let due = connections[Int(oldest)].idleSince.advanced(by: limits.idleTimeout)
            try check(.timer, timer <= due, "the timer is after the idle timeout of slot \(oldest)")
        }
        if limits.maximumAge < .max {
            for index in idleOrder {
                let due = connections[Int(index)].openedAt.advanced(by: limits.maximumAge)
                try check(.timer, timer <= due, "the timer is after the maximum age of slot \(index)")
            }
        }
        let wantsOpening = books.preparing < waiters.count || books.live < limits.minimumSize
        if let failures, wantsOpening, books.opening == 0, books.total < limits.total {
            let due = failures.last.advanced(by: OpenBackoff.longest)
            try check(.timer, timer <= due, "the timer is after the end of the backoff")
        }
    }

    private func checkShutDown() throws(Violation) {
        try check(.shutdown, waiters.isEmpty, "\(waiters.count) still wait after the shutdown")
        try check(.shutdown, books.idle == 0, "\(books.idle) connections are idle after the shutdown")
        try check(.shutdown, isDrained || books.total > 0, "no connection is left, but drained is not reported")
        try check(.timer, timer == nil, "a timer is set after the shutdown")
    }
}

@testable import DialectEngine

// What can happen. Each function is one event.
extension PoolWorld {
    mutating func start() throws(Violation) {
        try perform(pool.start(now: now))
    }

    mutating func checkOut() throws(Violation) {
        let (checkout, actions) = pool.checkOut(now: now)
        try check(.shutdown, (checkout == .closed) == isShutDown, "a checkout is \(checkout)")
        switch checkout {
        case .ready(let connection): try perform(actions, ready: connection)
        case .queued(let id):
            waiters.append(Waiter(id: id, deadline: now.advanced(by: limits.checkoutTimeout)))
            try perform(actions)
        case .closed: try perform(actions)
        }
    }

    mutating func cancel(_ position: Int) throws(Violation) {
        let waiter = waiters.remove(at: position).id
        try check(.answeredOnce, pool.cancel(waiter), "\(waiter) waits but cannot be cancelled")
        try check(.answeredOnce, !pool.cancel(waiter), "\(waiter) can be cancelled twice")
        try perform(PoolActions())
    }

    mutating func checkIn(_ id: ConnectionID, _ condition: CheckInCondition) throws(Violation) {
        switch condition {
        case .clean: enter(id, .returned(.usable))
        case .dirty: enter(id, .returned(.needsReset))
        case .invalid: enter(id, .returned(.unusable))
        case .lost:
            endEpoch(of: id)
            enter(id, .returned(.unusable))
        }
        try perform(pool.checkIn(id, condition, now: now))
    }

    mutating func opened(_ id: ConnectionID) throws(Violation) {
        failures = nil
        self[id].openedAt = now
        self[id].epoch = epoch
        enter(id, .returned(.usable))
        try perform(pool.opened(id, now: now))
    }

    mutating func openFailed(_ id: ConnectionID, _ failure: OpenFailure) throws(Violation) {
        enter(id, .absent)
        if let known = failures, !known.isProbing {
            failures?.last = now
        } else {
            failures = Failures(roundBeganAt: now, last: now)
        }
        reportsOpenFailure = true
        defer { reportsOpenFailure = false }
        try perform(pool.openFailed(id, failure, now: now))
        let answersAll = failure == .permanent && books.live == 0
        try check(.demand, !answersAll || waiters.isEmpty, "\(waiters.count) wait for what cannot come")
    }

    mutating func pinged(_ id: ConnectionID, succeeded: Bool) throws(Violation) {
        if !succeeded { endEpoch(of: id) }
        enter(id, .returned(succeeded ? .usable : .unusable))
        try perform(pool.pinged(id, succeeded: succeeded, now: now))
    }

    mutating func resetFinished(_ id: ConnectionID, succeeded: Bool) throws(Violation) {
        enter(id, .returned(succeeded ? .usable : .unusable))
        try perform(pool.resetFinished(id, succeeded: succeeded, now: now))
    }

    mutating func closed(_ id: ConnectionID) throws(Violation) {
        enter(id, .absent)
        try perform(pool.closed(id, now: now))
    }

    mutating func invalidateAll() throws(Violation) {
        if !isShutDown { epoch += 1 }
        try perform(pool.invalidateAll(now: now))
    }

    mutating func shutDown() throws(Violation) {
        isShutDown = true
        try perform(pool.shutDown(now: now))
    }

    /// Lets time pass; the timer fires on the way as often as it is due.
    mutating func advance(by nanoseconds: Int64) throws(Violation) {
        let target = now.advanced(by: nanoseconds)
        var firings = 0
        while let moment = timer, moment <= target {
            firings += 1
            try check(.timer, firings < 100_000, "the timer fires without an end")
            now = max(now, moment)
            timer = nil
            try perform(pool.timerFired(now: now))
        }
        now = target
    }

    /// Lets time pass while the shell is late: a timer that is due fires with the next `advance`.
    mutating func delay(by nanoseconds: Int64) {
        now = now.advanced(by: nanoseconds)
    }

    /// Lets the checkout timeout pass without any other event: nobody may wait after it.
    mutating func sweep() throws(Violation) {
        try advance(by: limits.checkoutTimeout)
        try check(.timer, waiters.isEmpty, "\(waiters.count) wait longer than the checkout timeout")
    }

    private mutating func endEpoch(of id: ConnectionID) {
        if self[id].epoch == epoch { epoch += 1 }
    }
}

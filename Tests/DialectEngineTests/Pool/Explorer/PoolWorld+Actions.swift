@testable import DialectEngine

// Each action is checked against the books before it is entered.
extension PoolWorld {
    mutating func perform(_ action: PoolAction) throws(Violation) {
        switch action {
        case .answer(let waiter, let connection): try answer(waiter, connection)
        case .fail(let waiter, let failure): try fail(waiter, failure)
        case .open(let connection): try open(connection)
        case .close(let connection, let reason): try close(connection, reason)
        case .ping(let connection):
            try check(.ping, self[connection].state == .idle, "\(connection) is pinged but not idle")
            let end = self[connection].openedAt.advanced(by: limits.maximumAge)
            try check(.age, now < end, "\(connection) is pinged though it is too old")
            enter(connection, .pinging)
        case .reset(let connection):
            try check(.reset, self[connection].state == .returned(.needsReset), "\(connection) is reset needlessly")
            enter(connection, .resetting)
        case .schedule(let moment):
            try check(.timer, moment < timer ?? .distantFuture, "the timer is set to a later moment")
            timer = moment
        case .cancelTimer:
            try check(.timer, isShutDown, "the timer is cancelled while the pool runs")
            timer = nil
        case .drained:
            try check(.shutdown, isShutDown && !isDrained && total == 0, "drained is reported at the wrong time")
            isDrained = true
        }
    }

    /// A checkout was answered at once.
    mutating func take(_ connection: ConnectionID) throws(Violation) {
        try check(.fifo, waiters.isEmpty, "a newcomer overtakes \(waiters.count) waiters")
        try check(.oneHolder, self[connection].state == .idle, "\(connection) is \(self[connection].state)")
        try check(.newestFirst, idleOrder.last == connection.index, "\(connection) is not the newest idle one")
        try checkFit(connection)
        enter(connection, .inUse)
    }

    private mutating func answer(_ waiter: WaiterID, _ connection: ConnectionID) throws(Violation) {
        try removeOldest(waiter)
        let state = self[connection].state
        try check(.reset, state != .returned(.needsReset), "\(connection) is handed on without a reset")
        try check(.oneHolder, state == .idle || state == .returned(.usable), "\(connection) is \(state)")
        try checkFit(connection)
        enter(connection, .inUse)
    }

    private mutating func fail(_ waiter: WaiterID, _ failure: PoolFailure) throws(Violation) {
        let deadline = waiters.first?.deadline ?? .distantFuture
        try removeOldest(waiter)
        switch failure {
        case .timedOut: try check(.timer, deadline <= now, "\(waiter) timed out too early")
        case .closed: try check(.shutdown, isShutDown, "\(waiter) is told that the running pool is closed")
        case .openFailed: try check(.backoff, reportsOpenFailure, "\(waiter) gets an error that did not happen")
        }
    }

    private mutating func open(_ connection: ConnectionID) throws(Violation) {
        try check(.limit, total < limits.total, "\(connection) would be one above the limit of \(limits.total)")
        try check(.shutdown, !isShutDown, "\(connection) is opened after the shutdown")
        try check(.oneHolder, self[connection].state == .absent, "\(connection) exists already")
        let isNeeded = books.preparing < waiters.count || live < limits.minimumSize
        try check(.demand, isNeeded, "nobody needs \(connection)")
        if let failures {
            let earliest = failures.roundBeganAt.advanced(by: OpenBackoff.shortest / 2)
            try check(.backoff, books.opening == 0 && earliest <= now, "\(connection) is opened too early")
        }
        failures?.isProbing = true
        self[connection].generation = connection.generation
        enter(connection, .opening)
    }

    private mutating func close(_ connection: ConnectionID, _ reason: CloseReason) throws(Violation) {
        let entry = self[connection]
        switch entry.state {
        case .idle, .returned: break
        default: throw Violation(rule: .oneHolder, detail: "\(connection) is closed while it is \(entry.state)")
        }
        let holds =
            switch reason {
            case .idleTimeout:
                live > limits.minimumSize && entry.idleSince.advanced(by: limits.idleTimeout) <= now
            case .maximumAge: entry.openedAt.advanced(by: shortestAge) <= now
            case .overflow: live > limits.maximumSize && waiters.isEmpty
            case .invalidated: entry.epoch < epoch || entry.state == .returned(.unusable)
            case .pingFailed, .resetFailed: entry.state == .returned(.unusable)
            case .shutdown: isShutDown
            }
        try check(.closeReason, holds, "\(connection) is closed for \(reason), which is not so")
        enter(connection, .closing)
    }

    private mutating func removeOldest(_ waiter: WaiterID) throws(Violation) {
        guard waiters.first?.id == waiter else {
            let waits = waiters.contains { $0.id == waiter }
            throw Violation(rule: waits ? .fifo : .answeredOnce, detail: "\(waiter) is not the oldest waiter")
        }
        waiters.removeFirst()
    }

    /// Whether the connection may be handed to somebody.
    private func checkFit(_ connection: ConnectionID) throws(Violation) {
        let entry = self[connection]
        try check(.age, now < entry.openedAt.advanced(by: limits.maximumAge), "\(connection) is too old")
        try check(.epoch, entry.epoch == epoch, "\(connection) was invalidated")
        if entry.state == .idle {
            try check(.ping, !limits.needsPing(idleSince: entry.idleSince, now: now), "\(connection) was not pinged")
        }
    }

    /// The least age at which jitter allows a connection to be closed; a nanosecond is left for rounding.
    private var shortestAge: Int64 {
        limits.maximumAge - Int64(Double(limits.maximumAge) * limits.ageJitter) - 1
    }

    /// Connections, those that one event is about included.
    private var total: Int { live + books.closing }

    private var live: Int {
        books.live
            + connections.count { if case .returned = $0.state { true } else { false } }
    }
}

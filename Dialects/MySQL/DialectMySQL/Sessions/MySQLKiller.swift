#if MySQL
internal import CLibMariaDB
internal import DialectCore
internal import Locking

/// Ends statements that the sessions of one connector run.
///
/// A session is busy with its statement, so another one has to end it; opened where that one was opened. One does it for
/// all who ask in the meantime: many cancelled statements would else open as many sessions at a moment when the server
/// may have no room, and with TLS each of them costs much.
final class MySQLKiller: Sendable {
    enum Outcome: Sendable, Hashable {
        /// The server has done it: the mark is set, on the statement that ran at that moment or on the next one.
        case delivered
        /// Nothing was sent, and nothing will come.
        case notSent
        /// It may have been sent, so it may still come.
        case unknown
    }

    /// The session whose statement is to end.
    struct Target: Sendable {
        let endpoint: MySQLOptions.Endpoint
        let facts: MySQLSession.Facts
    }

    private struct State {
        var orders: [MySQLKillOrder] = []
        var isAtWork = false
    }

    private let options: MySQLOptions
    private let state = Locked(State())

    init(options: MySQLOptions) { self.options = options }

    /// How long it may take to be of use, when the network or a machine is slow; else it takes a few milliseconds.
    ///
    /// A session whose statement was not killed by then is given up, which is why a kill that comes later does no harm.
    static let limit = Duration.seconds(2)

    /// How many statements one session ends, which has to be done within the limit.
    private static let mostAtOnce = 32

    /// Ends the statement that a session runs.
    func kill(_ target: Target) async -> Outcome {
        let order = MySQLKillOrder(target)
        let clock = Task {
            // The limit is a matter of time.
            try? await Task.sleep(for: Self.limit)
            if !Task.isCancelled { order.finish(.unknown) }
        }
        defer { clock.cancel() }
        let isIdle = state.withLock { state in
            state.orders.append(order)
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        // The killer owns the task: it ends with the last order.
        if isIdle { Task { await work() } }
        return await order.outcome()
    }

    private func work() async {
        while let orders = nextOrders() {
            let errand = MySQLErrand<Void>(dispose: {})
            try? await errand.run(within: Self.limit) { [self] errand in
                perform(orders, errand)
                return .success(())
            }
            for order in orders { order.finish(.unknown) }
        }
    }

    /// The oldest order, and others for the same server.
    private func nextOrders() -> [MySQLKillOrder]? {
        state.withLock { state in
            guard let first = state.orders.first else {
                state.isAtWork = false
                return nil
            }
            let matching = state.orders.filter { $0.target.endpoint == first.target.endpoint }.prefix(Self.mostAtOnce)
            state.orders.removeAll { order in matching.contains { $0 === order } }
            return Array(matching)
        }
    }

    /// Opens a session and ends the statements, on a thread that may block.
    private func perform(_ orders: [MySQLKillOrder], _ errand: MySQLErrand<Void>) {
        let opening = MySQLOpening(options: options, willWait: errand.willWait)
        do throws(DatabaseError) {
            let session = try opening.connect(orders[0].target.endpoint, until: .now + Self.limit)
            // Behind one name or address there may be several servers, each with sessions of the same numbers.
            let identity = try session.firstRow("SELECT CONCAT(@@hostname, ':', @@port)").first ?? nil
            for order in orders {
                order.finish(identity == order.target.facts.identity ? kill(order.target, with: session) : .notSent)
            }
        } catch {
            for order in orders { order.finish(.notSent) }
        }
    }

    private func kill(_ target: Target, with session: MySQLSession) -> Outcome {
        let sql = "KILL QUERY \(target.facts.id)"
        if mysql_real_query(session.handle, sql, UInt(sql.utf8.count)) == 0 { return .delivered }
        return MySQLCode.isLoss(session.failure.code) ? .unknown : .notSent
    }
}

/// A statement that is to end, and whoever waits for that.
private final class MySQLKillOrder: Sendable {
    private struct State {
        var outcome: MySQLKiller.Outcome?
        var continuation: CheckedContinuation<MySQLKiller.Outcome, Never>?
    }

    let target: MySQLKiller.Target
    private let state = Locked(State())

    init(_ target: MySQLKiller.Target) { self.target = target }

    /// Waits for the outcome; once.
    func outcome() async -> MySQLKiller.Outcome {
        await withCheckedContinuation { continuation in
            let outcome = state.withLock { state in
                if state.outcome == nil { state.continuation = continuation }
                return state.outcome
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }

    /// Tells the outcome, unless it was told before.
    func finish(_ outcome: MySQLKiller.Outcome) {
        let continuation = state.withLock { state in
            if state.outcome == nil { state.outcome = outcome }
            return state.continuation.take()
        }
        continuation?.resume(returning: outcome)
    }
}
#endif

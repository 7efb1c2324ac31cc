import DialectCore
import Locking

/// A session of the pool, and the lease under which somebody has it.
///
/// One object for all its leases, so that a lease costs no lock and the pool can tell who has the session.
final class PooledSession: Sendable {
    /// What is known of the present lease, or of the last one.
    struct Lease {
        var number: UInt64 = 0
        var isUnderWay = false
        var callsUnderWay = 0
        /// Set by the first error after which the session cannot be used any more.
        var condition = CheckInCondition.dirty
        /// How many transactions and savepoints are open.
        var depth = 0
        /// Whether work that had to be undone may still be there, so that the transaction must not be committed.
        var mustRollBack = false
        var holder: Holder?
    }

    /// Who has the session.
    struct Holder {
        let user: PoolUser
        let since: PoolInstant
        var lastStatement: Statement?
        /// Whether it was reported that the session is out for long.
        var isReported = false
    }

    let connection: any Connection
    /// The connection, where others than the task that waits for a statement can start it.
    let starting: (any StatementStarting)?
    let tracing: EngineTracing?
    private let lease = Locked(Lease())

    init(_ connection: any Connection, tracing: EngineTracing?) {
        self.connection = connection
        starting = connection as? any StatementStarting
        self.tracing = tracing
    }

    /// Begins a lease, when the one before has ended.
    func beginLease(of user: PoolUser, since moment: PoolInstant) -> PooledConnection {
        let number = lease.withLock { lease in
            lease = Lease(
                number: lease.number &+ 1,
                isUnderWay: true,
                holder: Holder(user: user, since: moment)
            )
            return lease.number
        }
        return PooledConnection(self, lease: number)
    }

    /// Begins a lease that is only for one statement, which nobody can use for another.
    func beginLease(of user: PoolUser, since moment: PoolInstant, running statement: Statement) {
        lease.withLock { lease in
            lease = Lease(
                number: lease.number &+ 1,
                isUnderWay: true,
                holder: Holder(user: user, since: moment, lastStatement: statement)
            )
        }
    }

    /// Ends a lease, and says in what condition the session comes back.
    ///
    /// An error is that of a statement whose lease was for it alone.
    /// A call that is still under way was left behind by a task that outlived the closure: the session is not reused.
    func endLease(after error: DatabaseError? = nil) -> CheckInCondition {
        let condition = lease.withLock { lease -> CheckInCondition in
            lease.isUnderWay = false
            lease.holder = nil
            if lease.callsUnderWay > 0 { return .invalid }
            return error.map { lease.condition.after($0) } ?? lease.condition
        }
        return condition == .dirty && connection.isClean ? .clean : condition
    }

    /// Changes what is known of a lease; returns nil, and changes nothing, when that is over.
    @discardableResult
    func update<Result>(_ number: UInt64, _ change: (inout Lease) -> Result) -> Result? {
        lease.withLock { lease in lease.isUnderWay && lease.number == number ? change(&lease) : nil }
    }

    /// Notes the end of a call, which may have outlived its lease.
    func endCall(of number: UInt64) {
        lease.withLock { lease in if lease.number == number { lease.callsUnderWay -= 1 } }
    }

    /// Who has the session, or nil.
    var holder: Holder? { lease.withLock { $0.holder } }

    /// Who has had the session since a moment or longer, the first time that this is asked.
    func holderToReport(since moment: PoolInstant) -> Holder? {
        lease.withLock { lease in
            guard let holder = lease.holder, holder.since <= moment, !holder.isReported else { return nil }
            lease.holder?.isReported = true
            return holder
        }
    }
}

extension PooledSession.Holder {
    /// Who has it, for how long, and what it was asked last, such as
    /// `Shop/Orders.swift:42 for 2.5 seconds (last statement: SELECT 1)`.
    func description(at now: PoolInstant) -> String {
        let seconds = Double((now.nanoseconds - since.nanoseconds) / 1_000_000) / 1000
        guard let lastStatement else { return "\(user) for \(seconds) seconds (no statement)" }
        let text = "\(lastStatement)".split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let shown = text.count > 120 ? "\(text.prefix(120))…" : text
        return "\(user) for \(seconds) seconds (last statement: \(shown))"
    }
}

import DialectCore

// Unchecked: `run` is touched under the pool's lock only, `granted` is set before the task that reads it goes on, and
// `continuation` before the pool gets to know of the wait.
/// A statement that waits for a connection, and is started by whoever gives one back.
///
/// Its task sleeps from the checkout to the result: to wake it in between, only to send the statement, would cost as much as
/// the statement does.
final class StatementWait: CheckoutWait, @unchecked Sendable {
    /// How the task goes on.
    enum Outcome {
        /// The statement has run, or never will. A connection that it changed must be reset.
        case ended(Result<StatementResult, DatabaseError>, mustReset: ConnectionID?)
        /// The task has to run the statement itself.
        case connection(ConnectionPool.Checkout)
        /// The task has to finish what was started.
        case unfinished(any StatementRun, ConnectionPool.Checkout)
    }

    private let statement: Statement
    private let pool: ConnectionPool
    /// What was started, for a cancellation; under the pool's lock.
    var run: (any StatementRun)?
    /// When the statement got its connection; nil as long as it has none.
    private(set) var granted: PoolInstant?
    var continuation: UnsafeContinuation<Outcome, Never>?

    init(_ statement: Statement, _ user: PoolUser, in pool: ConnectionPool) {
        self.statement = statement
        self.pool = pool
        super.init(user)
    }

    override func end(_ outcome: Result<ConnectionPool.Checkout, DatabaseError>) {
        switch outcome {
        case .success(let checkout): start(with: checkout)
        case .failure(let error): resume(.ended(.failure(error), mustReset: nil))
        }
    }

    private func start(with checkout: ConnectionPool.Checkout) {
        granted = checkout.since
        // What cannot be written fails once more in the task, which is there to be told.
        guard let run = try? checkout.session.starting?.makeRun(of: statement) else {
            return resume(.connection(checkout))
        }
        checkout.session.beginLease(of: user, since: checkout.since, running: statement)
        guard pool.begin(run, of: self) else {
            let mustReset = endLease(of: checkout, .cancelledWaiting)
            return resume(.ended(.failure(.cancelledWaiting), mustReset: mustReset))
        }
        run.start { [self] outcome in
            guard let outcome else { return { [self] in resume(.unfinished(run, checkout)) } }
            // The connection first, so that the next statement is sent before this one's task goes on.
            let mustReset = endLease(of: checkout, outcome.failure)
            return { [self] in resume(.ended(outcome, mustReset: mustReset)) }
        }
    }

    private func endLease(of checkout: ConnectionPool.Checkout, _ error: DatabaseError?) -> ConnectionID? {
        pool.endLease(checkout, after: error) ? checkout.id : nil
    }

    private func resume(_ outcome: Outcome) { continuation?.resume(returning: outcome) }
}

extension Result {
    /// The error, or nil.
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

import DialectCore
import Locking

extension ConnectionPool {
    /// Runs one statement in a connection of its own.
    ///
    /// - Throws: `DatabaseError`, from the checkout or from the statement.
    func execute(_ statement: Statement, for user: PoolUser) async throws(DatabaseError) -> StatementResult {
        // A statement's span belongs to the task that runs it.
        guard tracing == nil else { return try await execute(statement, with: checkOut(user)) }
        if let checkout = checkOutIdle(user) { return try await execute(statement, with: checkout) }
        return try await executeInTurn(statement, for: user)
    }

    /// Waits until whoever gives a connection back has started the statement, and for its end.
    private func executeInTurn(
        _ statement: Statement,
        for user: PoolUser
    ) async throws(DatabaseError) -> StatementResult {
        let start = metrics.map { _ in clock.now }
        let wait = StatementWait(statement, user, in: self)
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                wait.continuation = continuation
                enqueue(wait)
            }
        } onCancel: {
            if !cancel(wait) { state.withLock { _ in wait.run }?.cancel() }
        }
        if let metrics, let start, let granted = wait.granted {
            metrics.waited(for: granted.nanoseconds - start.nanoseconds)
            metrics.count(statistics)
        }
        switch outcome {
        case .ended(let result, let connection):
            if let connection { await reset(connection) }
            return try result.get()
        case .connection(let checkout): return try await execute(statement, with: checkout)
        case .unfinished(let run, let checkout):
            return try await ending(checkout) { () throws(DatabaseError) in try await run.finish() }
        }
    }

    /// Notes what runs for a wait that has got a connection; returns false when its task was cancelled before.
    func begin(_ run: any StatementRun, of wait: StatementWait) -> Bool {
        state.withLock { _ in
            if case .cancelled = wait.state { return false }
            wait.run = run
            return true
        }
    }

    private func execute(
        _ statement: Statement,
        with checkout: Checkout
    ) async throws(DatabaseError) -> StatementResult {
        let connection = checkout.beginLease()
        return try await ending(checkout) { () throws(DatabaseError) in
            if Task.isCancelled { throw .cancelledWaiting }
            return try await connection.execute(statement)
        }
    }

    /// Ends the lease after `body`.
    private func ending(
        _ checkout: Checkout,
        _ body: () async throws(DatabaseError) -> StatementResult
    ) async throws(DatabaseError) -> StatementResult {
        do throws(DatabaseError) {
            let result = try await body()
            if endLease(checkout) { await reset(checkout.id) }
            return result
        } catch {
            if endLease(checkout, after: error) { await reset(checkout.id) }
            throw error
        }
    }
}

extension ConnectionPool.Checkout {
    /// Lets the user have the session.
    func beginLease() -> PooledConnection { session.beginLease(of: user, since: since) }
}

extension ConnectionPool {
    /// Takes the session back, after an error if there was one that nobody noted; returns whether it must be reset.
    func endLease(_ checkout: Checkout, after error: DatabaseError? = nil) -> Bool {
        checkIn(checkout, checkout.session.endLease(after: error))
    }
}

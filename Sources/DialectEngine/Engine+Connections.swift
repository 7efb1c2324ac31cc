public import DialectCore

extension Engine {
    /// Runs one statement on its own, as a transaction of its own.
    ///
    /// - Throws: `DatabaseError`, from the checkout or from the statement.
    @discardableResult
    public func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        let checkout = try await pool.checkOut()
        // A single call changes to the connection's executor and back by itself.
        return try await lease(checkout, preferring: nil) { connection throws(DatabaseError) in
            try await connection.execute(statement)
        }
    }

    /// Runs one statement that only reads and needs nothing of a session, such as a look-up by key.
    ///
    /// Where the dialect declares `statementSharing` it runs together with those of other tasks over a few sessions that
    /// are kept for that, without a checkout: several times faster under load, but a statement that takes long holds up
    /// those behind it, so run such ones with `execute`. Elsewhere, and for a statement that needs a session of its own,
    /// it is the same as `execute`.
    ///
    /// - Throws: `DatabaseError`, with code `readOnlyViolation` for a statement that writes through a shared session.
    public func read(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        guard let sharing else { return try await execute(statement) }
        do throws(DatabaseError) {
            return try await sharing.executeShared(statement)
        } catch {
            // It needs a session after all, or the server shares none.
            guard error.code == .unsupportedFeature else { throw error }
            return try await execute(statement)
        }
    }

    /// Checks a connection out, gives it to `body`, and checks it in again whatever happens.
    ///
    /// The connection is `body`'s alone until it returns, and must not be kept: later calls on it fail with code
    /// `connectionClosed`. What `body` leaves behind, an open transaction above all, is undone before the next user gets
    /// the connection. Where the connection has an executor of its own, `body` prefers it, so that statements do not
    /// change threads; a closure that belongs to an actor stays there and costs a change of thread for each statement.
    ///
    /// - Throws: `DatabaseError` from the checkout, and whatever `body` throws.
    @discardableResult
    public func withConnection<Result>(
        _ body: (PooledConnection) async throws -> Result
    ) async throws -> Result {
        let checkout = try await pool.checkOut()
        return try await lease(checkout, preferring: checkout.connection.preferredExecutor, body)
    }

    /// Runs `body` in a transaction, which is committed when it returns and rolled back when it throws or is cancelled.
    ///
    /// - Throws: `DatabaseError` from the checkout, the begin or the commit, whatever `body` throws, and
    ///   `TransactionError` when several of these fail.
    @discardableResult
    public func withTransaction<Result>(
        _ options: TransactionOptions = TransactionOptions(),
        _ body: (PooledConnection) async throws -> Result
    ) async throws -> Result {
        try await withConnection { connection in
            try await connection.withTransaction(options) { try await body(connection) }
        }
    }

    private func lease<Result, Failure: Error>(
        _ checkout: ConnectionPool.Checkout,
        preferring executor: (any TaskExecutor)?,
        _ body: (PooledConnection) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        guard let executor, !executor.isPreferredByTask else { return try await use(checkout, body) }
        return try await withTaskExecutorPreference(executor) { () throws(Failure) in
            // A preference does not move a task by itself; the next change of executor does. This is one.
            await changeExecutor()
            return try await use(checkout, body)
        }
    }

    private func use<Result, Failure: Error>(
        _ checkout: ConnectionPool.Checkout,
        _ body: (PooledConnection) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let connection = PooledConnection(checkout.connection)
        do throws(Failure) {
            let result = try await body(connection)
            await pool.checkIn(checkout.id, connection.endLease())
            return result
        } catch {
            await pool.checkIn(checkout.id, connection.endLease())
            throw error
        }
    }

    /// Does nothing, on the executor that concurrent code prefers; the caller goes on there unless it belongs to an actor.
    @concurrent
    private func changeExecutor() async {}
}

extension TaskExecutor {
    /// Whether the current task prefers this executor already, and so is there unless it belongs to an actor.
    fileprivate var isPreferredByTask: Bool {
        withUnsafeCurrentTask { $0?.unownedTaskExecutor == asUnownedTaskExecutor() }
    }
}

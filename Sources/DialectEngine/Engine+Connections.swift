public import DialectCore

extension Engine {
    /// Runs one statement on its own, as a transaction of its own.
    ///
    /// - Throws: `DatabaseError`, from the checkout or from the statement.
    @discardableResult
    public func execute(
        _ statement: Statement,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) async throws(DatabaseError) -> StatementResult {
        try await pool.execute(statement, for: PoolUser(fileID: fileID, line: line))
    }

    /// Runs one statement that only reads and needs nothing of a session, such as a look-up by key.
    ///
    /// Where the dialect declares `statementSharing` it runs together with those of other tasks over a few sessions that
    /// are kept for that, without a checkout: several times faster under load, but a statement that takes long holds up
    /// those behind it, so run such ones with `execute`. Elsewhere, and for a statement that needs a session of its own,
    /// it is the same as `execute`.
    ///
    /// - Throws: `DatabaseError`, with code `readOnlyViolation` for a statement that writes through a shared session.
    public func read(
        _ statement: Statement,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) async throws(DatabaseError) -> StatementResult {
        guard let sharing else { return try await execute(statement, fileID: fileID, line: line) }
        do throws(DatabaseError) {
            guard let tracing = pool.tracing else { return try await sharing.executeShared(statement) }
            return try await tracing.statement(statement) { () throws(DatabaseError) in
                try await sharing.executeShared(statement)
            }
        } catch {
            // It needs a session after all, or the server shares none.
            guard error.code == .unsupportedFeature else { throw error }
            return try await execute(statement, fileID: fileID, line: line)
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
        fileID: StaticString = #fileID,
        line: UInt = #line,
        _ body: (PooledConnection) async throws -> Result
    ) async throws -> Result {
        let user = PoolUser(fileID: fileID, line: line)
        // Where all connections have one executor the task goes there before it asks for one, so that it waits there as well.
        if let executor = pool.connector.preferredExecutor, !executor.isPreferredByTask {
            return try await withTaskExecutorPreference(executor) {
                await changeExecutor()
                return try await use(pool.checkOut(user), body)
            }
        }
        let checkout = try await pool.checkOut(user)
        guard let executor = checkout.session.connection.preferredExecutor, !executor.isPreferredByTask else {
            return try await use(checkout, body)
        }
        return try await withTaskExecutorPreference(executor) {
            await changeExecutor()
            return try await use(checkout, body)
        }
    }

    /// Runs `body` in a transaction, which is committed when it returns and rolled back when it throws or is cancelled.
    ///
    /// Where the database has one writer at a time, a transaction that writes waits for its turn before it takes a
    /// connection.
    ///
    /// - Throws: `DatabaseError` from the checkout, the begin or the commit, whatever `body` throws, and
    ///   `TransactionError` when several of these fail.
    @discardableResult
    public func withTransaction<Result>(
        _ options: TransactionOptions = TransactionOptions(),
        fileID: StaticString = #fileID,
        line: UInt = #line,
        _ body: (PooledConnection) async throws -> Result
    ) async throws -> Result {
        // A task that has a connection already must not wait in line with it: the one in front may need that connection.
        guard let writerQueue, options.accessMode == .readWrite, !pool.hasConnectionOfTask else {
            return try await runTransaction(options, fileID: fileID, line: line, body)
        }
        func transaction() async throws -> Result {
            try await runTransaction(options, fileID: fileID, line: line, body)
        }
        guard let executor = pool.connector.preferredExecutor, !executor.isPreferredByTask else {
            return try await writerQueue.withWriterTurn(transaction)
        }
        return try await withTaskExecutorPreference(executor) {
            await changeExecutor()
            return try await writerQueue.withWriterTurn(transaction)
        }
    }

    private func runTransaction<Result>(
        _ options: TransactionOptions,
        fileID: StaticString,
        line: UInt,
        _ body: (PooledConnection) async throws -> Result
    ) async throws -> Result {
        try await withConnection(fileID: fileID, line: line) { connection in
            try await connection.withTransaction(options) { try await body(connection) }
        }
    }

    private func use<Result>(
        _ checkout: ConnectionPool.Checkout,
        _ body: (PooledConnection) async throws -> Result
    ) async throws -> Result {
        let connection = checkout.beginLease()
        do {
            if Task.isCancelled { throw DatabaseError.cancelledWaiting }
            let result = try await body(connection)
            if pool.endLease(checkout) { await pool.reset(checkout.id) }
            return result
        } catch {
            if pool.endLease(checkout) { await pool.reset(checkout.id) }
            throw error
        }
    }

    /// Does nothing, on the executor that concurrent code prefers; the caller goes on there unless it belongs to an actor.
    ///
    /// A preference does not move a task by itself; the next change of executor does, and this is one.
    @concurrent
    private func changeExecutor() async {}
}

extension TaskExecutor {
    /// Whether the current task prefers this executor already, and so is there unless it belongs to an actor.
    fileprivate var isPreferredByTask: Bool {
        withUnsafeCurrentTask { $0?.unownedTaskExecutor == asUnownedTaskExecutor() }
    }
}

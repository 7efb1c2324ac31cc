public import DialectCore

extension PooledConnection {
    /// Runs `body` in a transaction, or, inside a transaction, between a savepoint and its release.
    ///
    /// The work of `body` is kept when it returns, and undone when it throws or its task is cancelled. Undoing is not
    /// cancelled itself. An inner level that fails leaves the outer one usable; only when its work could not be undone,
    /// the outer one is rolled back as well, even if its body returns. The options of an inner level are those of the
    /// outermost.
    ///
    /// - Throws: `DatabaseError` from the begin or the commit, whatever `body` throws, and `TransactionError` when
    ///   several of these fail.
    @discardableResult
    public func withTransaction<Result>(
        _ options: TransactionOptions = TransactionOptions(),
        _ body: () async throws -> Result
    ) async throws -> Result {
        let depth = changeDepth(by: 1)
        defer { _ = changeDepth(by: -1) }
        let level: any TransactionLevel =
            depth == 0 ? WholeTransaction(options: options) : Savepoint(name: "level_\(depth)")
        try await begin(level)
        let result: Result
        do {
            result = try await body()
            try requireKeepable()
        } catch {
            try await undo(level, because: TransactionError(body: error))
            throw error
        }
        do {
            try await level.keep(on: self)
        } catch {
            try await undo(level, because: TransactionError(commit: error))
            throw error
        }
        return result
    }

    private func begin(_ level: any TransactionLevel) async throws {
        do throws(DatabaseError) {
            try await level.begin(on: self)
        } catch {
            // The database may have begun although the caller is told otherwise. Not when it refused: then what is open
            // is somebody else's. A savepoint that may be left does no harm, since it ends with its transaction.
            let isRefused = error.code == .invalidTransactionState || error.code == .unsupportedFeature
            if !isRefused && !level.isNested { try await undo(level, because: TransactionError(begin: error)) }
            throw error
        }
    }

    /// Undoes the work after a failure, although the task may be cancelled; when that fails too, both are reported.
    ///
    /// With a lost session its transaction is gone: there is nothing to undo, and nothing to add to the first error.
    private func undo(_ level: any TransactionLevel, because failure: TransactionError) async throws(TransactionError) {
        let error: DatabaseError? =
            isKnownLost
            ? nil
            : await uncancelled(preferring: preferredExecutor) {
                do throws(DatabaseError) {
                    try await level.undo(on: self)
                    return nil
                } catch {
                    return error
                }
            }
        undoEnded(isNested: level.isNested, succeeded: error == nil)
        guard let error else { return }
        var failure = failure
        failure.rollBack = error
        throw failure
    }

    /// Whether the work may be kept, now that its body has returned.
    private func requireKeepable() throws(DatabaseError) {
        if Task.isCancelled { throw .cancelledTransaction }
        if mustRollBack { throw .partOfTransactionNotUndone }
    }
}

/// A transaction or a savepoint: something that begins, and ends by keeping or undoing the work since.
private protocol TransactionLevel: Sendable {
    /// Whether another level is around it.
    var isNested: Bool { get }
    func begin(on connection: PooledConnection) async throws(DatabaseError)
    func keep(on connection: PooledConnection) async throws(DatabaseError)
    func undo(on connection: PooledConnection) async throws(DatabaseError)
}

private struct WholeTransaction: TransactionLevel {
    let options: TransactionOptions
    var isNested: Bool { false }

    func begin(on connection: PooledConnection) async throws(DatabaseError) { try await connection.begin(options) }
    func keep(on connection: PooledConnection) async throws(DatabaseError) { try await connection.commit() }
    func undo(on connection: PooledConnection) async throws(DatabaseError) { try await connection.rollBack() }
}

private struct Savepoint: TransactionLevel {
    let name: String
    var isNested: Bool { true }

    func begin(on connection: PooledConnection) async throws(DatabaseError) {
        try await connection.savepoint(.set(name))
    }

    func keep(on connection: PooledConnection) async throws(DatabaseError) {
        try await connection.savepoint(.release(name))
    }

    func undo(on connection: PooledConnection) async throws(DatabaseError) {
        try await connection.savepoint(.rollBack(to: name))
        try await connection.savepoint(.release(name))
    }
}

extension DatabaseError {
    static let cancelledTransaction = DatabaseError(
        .cancelled,
        "The task was cancelled before its transaction was committed; the transaction was rolled back."
    )

    static let partOfTransactionNotUndone = DatabaseError(
        .invalidTransactionState,
        "An inner transaction failed and could not be undone, so the transaction around it was rolled back."
    )
}

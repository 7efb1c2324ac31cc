public import DialectCore

extension PooledConnection {
    /// Runs `body` in a transaction, or, inside a transaction, between a savepoint and its release.
    ///
    /// The work of `body` is kept when it returns, and undone when it throws or its task is cancelled. Undoing is not
    /// cancelled itself. An inner level that fails leaves the outer one usable; the options of an inner level are those
    /// of the outermost.
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
        try await level.begin(on: self)
        let result: Result
        do {
            result = try await body()
            if Task.isCancelled { throw DatabaseError.cancelledTransaction }
        } catch {
            try await level.undo(on: self, because: TransactionError(body: error))
            throw error
        }
        do {
            try await level.keep(on: self)
        } catch {
            try await level.undo(on: self, because: TransactionError(commit: error))
            throw error
        }
        return result
    }
}

/// A transaction or a savepoint: something that begins, and ends by keeping or undoing the work since.
private protocol TransactionLevel {
    func begin(on connection: PooledConnection) async throws(DatabaseError)
    func keep(on connection: PooledConnection) async throws(DatabaseError)
    func undo(on connection: PooledConnection) async throws(DatabaseError)
}

extension TransactionLevel {
    /// Undoes the work after a failure; when that fails too, both are reported.
    func undo(on connection: PooledConnection, because failure: TransactionError) async throws(TransactionError) {
        do throws(DatabaseError) {
            try await undo(on: connection)
        } catch {
            var failure = failure
            failure.rollBack = error
            throw failure
        }
    }
}

private struct WholeTransaction: TransactionLevel {
    let options: TransactionOptions

    func begin(on connection: PooledConnection) async throws(DatabaseError) { try await connection.begin(options) }
    func keep(on connection: PooledConnection) async throws(DatabaseError) { try await connection.commit() }
    func undo(on connection: PooledConnection) async throws(DatabaseError) { try await connection.rollBack() }
}

private struct Savepoint: TransactionLevel {
    let name: String

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
}

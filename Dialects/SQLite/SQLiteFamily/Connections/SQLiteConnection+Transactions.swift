internal import CSQLiteFamily
internal import DialectCore

extension SQLiteConnection {
    /// SQLite's transactions are serializable, and the SQL standard lets a database give more isolation than was asked
    /// for.
    ///
    /// https://sqlite.org/isolation.html
    private static let isolationLevels: Set<IsolationLevel> = [
        .readUncommitted, .readCommitted, .repeatableRead, .serializable,
    ]

    func beginInTurn(_ options: TransactionOptions) async throws(DatabaseError) {
        await enter()
        defer { leave() }
        _ = try openDatabase()
        try refuseWhenOccupied()
        try refuseWhenCancelled()
        try transaction.refuseWhenLost()
        if let level = options.isolationLevel, !Self.isolationLevels.contains(level) {
            throw DatabaseError(
                .unsupportedFeature,
                "SQLite has no isolation level '\(level)'; its transactions are serializable."
            )
        }
        guard transaction == .none else {
            throw DatabaseError(
                .invalidTransactionState,
                "The connection is inside a transaction already; use a savepoint."
            )
        }
        switch options.accessMode {
        case .readOnly:
            try await command("BEGIN DEFERRED")
            transaction = .readOnly
        case .readWrite: try await beginWriting()
        }
    }

    /// Begins a transaction that writes, when it is the connection's turn.
    func beginWriting() async throws(DatabaseError) {
        try await takeSlot()
        do {
            // A deferred transaction that has read cannot wait for a writer, so the lock comes first.
            try await command("BEGIN IMMEDIATE")
        } catch {
            slot = nil
            throw error
        }
        transaction = .readWrite
    }

    func commitInTurn() async throws(DatabaseError) {
        await enter()
        defer { leave() }
        _ = try openDatabase()
        try refuseWhenOccupied()
        if case .lost = transaction {
            defer { transaction = .none }
            try transaction.refuseWhenLost()
        }
        guard transaction != .none else {
            throw DatabaseError(.invalidTransactionState, "There is no transaction to commit.")
        }
        try await commitTransaction()
    }

    func commitTransaction() async throws(DatabaseError) {
        let database = try openDatabase()
        do {
            try await command("COMMIT", isShielded: true)
        } catch {
            throw commitFailed(error, database)
        }
        endTransaction()
    }

    /// Takes note of what a failed COMMIT has left, and returns its error.
    func commitFailed(_ error: DatabaseError, _ database: SQLiteDatabase) -> DatabaseError {
        // Unless sqlite3 ended it, the transaction is still open: the caller may roll it back.
        if self.database === database, database.isAutocommit { endTransaction() }
        return error.vendorCode.map { Int32(truncatingIfNeeded: $0 & 0xFF) } == SQLITE_IOERR
            ? unknownOutcome(error) : error
    }

    /// A failed write to the log may still be found there, whole, after a crash.
    private func unknownOutcome(_ error: DatabaseError) -> DatabaseError {
        var error = error
        error.code = .commitOutcomeUnknown
        error.message += " The transaction may or may not be there after the next start; look before running it again."
        return error
    }

    func rollBack() async throws(DatabaseError) {
        await enter()
        defer { leave() }
        closeCursor()
        bulkInsert = nil
        try await rollBackTransaction()
    }

    func rollBackTransaction() async throws(DatabaseError) {
        let database = try openDatabase()
        if !database.isAutocommit {
            do {
                try await command("ROLLBACK", isShielded: true)
            } catch {
                // A failed ROLLBACK of a transaction that ended nevertheless is none.
                guard self.database === database, database.isAutocommit else { throw error }
            }
        }
        endTransaction()
    }

    func endTransaction() {
        transaction = .none
        slot = nil
    }

    func savepoint(_ action: SavepointAction) async throws(DatabaseError) {
        await enter()
        defer { leave() }
        _ = try openDatabase()
        try refuseWhenOccupied()
        try transaction.refuseWhenLost()
        guard transaction != .none else {
            throw DatabaseError(.invalidTransactionState, "A savepoint needs a transaction around it; begin one first.")
        }
        switch action {
        case .set(let name):
            try refuseWhenCancelled()
            try await command("SAVEPOINT \(dialect.quote(Identifier(name)))")
        // The other two clean up, also when the task is cancelled.
        case .release(let name): try await command("RELEASE \(dialect.quote(Identifier(name)))", isShielded: true)
        case .rollBack(let name): try await command("ROLLBACK TO \(dialect.quote(Identifier(name)))", isShielded: true)
        }
    }

    /// Whether a reset would find nothing to do.
    var hasNothingToReset: Bool {
        guard let database, cursor == nil, bulkInsert == nil, transaction == .none, slot == nil else { return false }
        return database.isAutocommit && !hasChangedSession
    }

    /// Closes the cursor, rolls back, and undoes what a statement has changed in the session.
    ///
    /// After a PRAGMA with a value, an ATTACH or a temporary table, a file is opened anew, which is the one way that
    /// surely leaves nothing behind. A database in memory would be gone by that: it gets its foreign keys and its right
    /// to write back, and keeps its temporary tables and what else a PRAGMA has set.
    func reset() async throws(DatabaseError) {
        await enter()
        defer { leave() }
        let database = try openDatabase()
        closeCursor()
        bulkInsert = nil
        try await rollBackTransaction()
        guard hasChangedSession else { return }
        if options.location == .memory {
            database.restoreSettings()
        } else {
            self.database = nil
            database.close()
            try await open()
        }
        hasChangedSession = false
    }
}

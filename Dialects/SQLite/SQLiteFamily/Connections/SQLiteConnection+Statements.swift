internal import CSQLiteFamily
internal import DialectCore

extension SQLiteConnection {
    /// Prepares a statement, binds its values and takes the writer slot if it writes.
    ///
    /// Returns nil for a ROLLBACK of a transaction that is gone already. Whoever gets a statement ends with `settle`.
    func prepare(_ statement: Statement) async throws(DatabaseError) -> SQLiteStatement? {
        try refuseWhenOccupied()
        try refuseWhenCancelled()
        let prepared = try await cachedStatement(try statement.sql(for: dialect))
        if case .lost = transaction {
            guard prepared.findings.contains(.rollsBack) else {
                try transaction.refuseWhenLost()
                return nil
            }
            transaction = .none
            return nil
        }
        if transaction == .readOnly, !prepared.isReadOnly {
            throw DatabaseError(
                .readOnlyViolation,
                "The statement writes inside a read-only transaction; begin a read-write transaction instead.",
                statement: prepared.sql
            )
        }
        do {
            try prepared.bind(statement.parameters)
            if !prepared.isReadOnly { try await takeSlot() }
        } catch {
            prepared.reset()
            throw error
        }
        if prepared.findings.contains(.changesSession) { hasChangedSession = true }
        return prepared
    }

    /// The prepared statement for a text.
    ///
    /// Preparing reads the schema, and may have to wait for that.
    func cachedStatement(_ sql: String) async throws(DatabaseError) -> SQLiteStatement {
        var wait: BusyWait?
        while true {
            switch try openDatabase().prepare(sql) {
            case .ready(let statement): return statement
            case .busy(let code): try await pause(&wait, after: code)
            }
        }
    }

    /// Runs a statement until it ends or stands on the row after the `limit`th, and settles it when it fails.
    ///
    /// With a `code`, it goes on from the row that the statement stands on.
    func advance(
        _ statement: SQLiteStatement,
        from code: Int32? = nil,
        limit: Int
    ) async throws(DatabaseError) -> (rows: Rows, code: Int32) {
        var (rows, code) = await steps(of: statement, from: code, limit: limit)
        if code == SQLITE_DONE || code == SQLITE_ROW { return (rows, code) }
        do throws(DatabaseError) {
            var wait: BusyWait?
            while SQLiteCode.isWorthWaiting(code) {
                let isBoundToSnapshot = try openDatabase().isBoundToSnapshot || Int(code) == SQLiteCode.busySnapshot
                if !statement.isReadOnly, isBoundToSnapshot {
                    throw SQLiteFailure(code: SQLiteCode.busySnapshot, message: "", statement: statement.sql).error()
                }
                try await pause(&wait, after: code)
                _ = try openDatabase()
                // sqlite3 goes on where it met the lock. That is before the first row, or after the last one.
                let more = await steps(of: statement, from: nil, limit: limit)
                if rows.isEmpty { rows = more.rows }
                code = more.code
            }
            guard code == SQLITE_DONE || code == SQLITE_ROW else { throw try failure(code, of: statement) }
            return (rows, code)
        } catch {
            settle(statement, after: error)
            throw error
        }
    }

    /// Lets sqlite3 work, until the task is cancelled.
    private func steps(
        of statement: SQLiteStatement,
        from code: Int32?,
        limit: Int
    ) async -> (rows: Rows, code: Int32) {
        let run = interrupter.nextRun()
        interrupter.begin(run)
        defer { interrupter.end() }
        return await withTaskCancellationHandler {
            // The `self` is what keeps the closure on the connection's thread: one that captures no isolated value
            // leaves the actor, without a word from the compiler.
            self.collect(statement, from: code, limit: limit)
        } onCancel: { [interrupter] in
            interrupter.cancel(run)
        }
    }

    private func collect(_ statement: SQLiteStatement, from code: Int32?, limit: Int) -> (rows: Rows, code: Int32) {
        statement.collect(from: code ?? statement.step(), limit: limit)
    }

    func failure(_ code: Int32, of statement: SQLiteStatement) throws(DatabaseError) -> DatabaseError {
        let error = try openDatabase().error(code, statement: statement.sql)
        guard error.code == .cancelled, interrupter.isClosing else { return error }
        return DatabaseError(.connectionClosed, "The connection was closed while the statement ran.")
    }

    /// Ends the run of a statement and takes note of what became of the transaction.
    func settle(_ statement: SQLiteStatement, after failure: DatabaseError? = nil) {
        statement.reset()
        guard let database else { return }
        if database.isAutocommit {
            slot = nil
            guard transaction != .none else { return }
            // A statement that succeeded was a COMMIT or ROLLBACK that somebody typed.
            transaction = failure.map { .lost(because: $0.message) } ?? .none
        } else if transaction == .none {
            // Somebody typed BEGIN or SAVEPOINT.
            transaction = .readWrite
        }
    }

    /// Refuses a call while a cursor or an insertion is open.
    func refuseWhenOccupied() throws(DatabaseError) {
        guard cursor == nil else {
            throw DatabaseError(
                .invalidTransactionState,
                "The connection still gives the rows of another statement; close its cursor first."
            )
        }
        guard bulkInsert == nil else {
            throw DatabaseError(
                .invalidTransactionState,
                "An insertion of many rows is under way; finish or cancel it first."
            )
        }
    }

    func refuseWhenCancelled() throws(DatabaseError) {
        guard Task.isCancelled else { return }
        throw DatabaseError(.cancelled, "The task was cancelled before the statement ran.")
    }
}

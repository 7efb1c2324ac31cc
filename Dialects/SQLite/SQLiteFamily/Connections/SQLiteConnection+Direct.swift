internal import CSQLiteFamily
internal import DialectCore

// How most calls run: at once on the thread that makes them, when that is one of SQLite's own and the session is free. A
// change to the session's executor and back takes longer than a short statement. Whatever would have to wait (for a turn, a
// lock, another call) is left to the asynchronous code, which begins anew.
//
// Outside of a transaction nobody is overtaken: a call runs at once only when no other task waits for a thread.
extension SQLiteConnection {
    @discardableResult
    nonisolated func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        guard SQLiteThreads.isCurrent else { return try await executeInTurn(statement) }
        let run = interrupter.nextRun()
        let outcome = await withTaskCancellationHandler {
            executor.runAtOnce(overtaking: isInTransaction) { assumeIsolated { $0.executeAtOnce(statement, run) } }
        } onCancel: {
            interrupter.cancel(run)
        }
        guard let outcome else { return try await executeInTurn(statement) }
        return try outcome.get()
    }

    nonisolated func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        let outcome = executor.runAtOnce(overtaking: false) { assumeIsolated { $0.beginAtOnce(options) } }
        guard let outcome else { return try await beginInTurn(options) }
        try outcome.get()
    }

    nonisolated func commit() async throws(DatabaseError) {
        let outcome = executor.runAtOnce(overtaking: true) { assumeIsolated { $0.commitAtOnce() } }
        guard let outcome else { return try await commitInTurn() }
        try outcome.get()
    }

    private func executeAtOnce(
        _ statement: Statement,
        _ run: UInt64
    ) -> Result<StatementResult, DatabaseError>? {
        guard let database = freeDatabase else { return nil }
        defer { noteWhatIsLeft() }
        do throws(DatabaseError) {
            guard case .ready(let prepared) = try database.prepare(try statement.sql(for: dialect)) else { return nil }
            guard prepared.isReadOnly || transaction != .readOnly else { return nil }
            do {
                try prepared.bind(statement.parameters)
            } catch {
                prepared.reset()
                throw error
            }
            guard prepared.isReadOnly || takeFreeSlot() else {
                prepared.reset()
                return nil
            }
            if prepared.findings.contains(.changesSession) { hasChangedSession = true }
            return try step(prepared, run, database)
        } catch {
            return .failure(error)
        }
    }

    private func step(
        _ prepared: SQLiteStatement,
        _ run: UInt64,
        _ database: SQLiteDatabase
    ) throws(DatabaseError) -> Result<StatementResult, DatabaseError>? {
        interrupter.begin(run)
        defer { interrupter.end() }
        // A cancellation that came before the run had begun has interrupted nothing.
        guard !Task.isCancelled else {
            settle(prepared)
            return nil
        }
        let (rows, code) = prepared.collect(from: prepared.step(), limit: .max)
        guard code == SQLITE_DONE else {
            // A statement is all or nothing: one that met a lock begins anew.
            let error = SQLiteCode.isWorthWaiting(code) ? nil : try failure(code, of: prepared)
            settle(prepared, after: error)
            if let error { throw error }
            return nil
        }
        let affectedRows = prepared.countsRows ? database.changes : 0
        settle(prepared)
        return .success(StatementResult(rows: rows, affectedRows: affectedRows))
    }

    private func beginAtOnce(_ options: TransactionOptions) -> Result<Void, DatabaseError>? {
        guard let database = freeDatabase, transaction == .none, options.isolationLevel == nil,
            !Task.isCancelled
        else { return nil }
        defer { noteWhatIsLeft() }
        do throws(DatabaseError) {
            switch options.accessMode {
            case .readOnly:
                guard try database.command("BEGIN DEFERRED") == SQLITE_DONE else { return nil }
                transaction = .readOnly
            case .readWrite:
                guard takeFreeSlot() else { return nil }
                guard try database.command("BEGIN IMMEDIATE") == SQLITE_DONE else {
                    slot = nil
                    return nil
                }
                transaction = .readWrite
            }
            return .success(())
        } catch {
            slot = nil
            return .failure(error)
        }
    }

    private func commitAtOnce() -> Result<Void, DatabaseError>? {
        guard let database = freeDatabase, transaction != .none else { return nil }
        defer { noteWhatIsLeft() }
        do throws(DatabaseError) {
            guard try database.command("COMMIT") == SQLITE_DONE else { return nil }
            endTransaction()
            return .success(())
        } catch {
            return .failure(commitFailed(error, database))
        }
    }

    /// The database, when nothing else uses it and its transaction is there.
    private var freeDatabase: SQLiteDatabase? {
        guard !isInCall, cursor == nil, bulkInsert == nil else { return nil }
        if case .lost = transaction { return nil }
        return database
    }

    /// Takes the writer slot of the file if that is free; returns whether the connection has it, or needs none.
    func takeFreeSlot() -> Bool {
        if slot == nil, let writers { slot = writers.takeNow() }
        return slot != nil || writers == nil
    }
}

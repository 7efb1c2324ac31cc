internal import CSQLiteFamily
internal import DialectCore

/// What a connection keeps of an insertion of many rows.
struct SQLiteBulkInsert {
    let number: UInt64
    /// The INSERT of one row, which is run for each.
    let statement: SQLiteStatement
    let columnCount: Int
    /// Whether the insertion is a transaction by itself; else a savepoint is around it.
    let hasOwnTransaction: Bool
    var count = 0
}

/// An insertion of many rows: one prepared INSERT, run for each row without leaving the thread.
///
/// An INSERT of many rows would be longer to prepare and no faster: there is no way to a server that could be spared.
struct SQLiteBulkWriter: BulkWriter {
    let connection: SQLiteConnection
    let number: UInt64

    func write(_ rows: [[SQLValue]]) async throws(DatabaseError) { try await connection.write(rows, number) }
    func finish() async throws(DatabaseError) -> Int { try await connection.finishBulkInsert(number) }
    func cancel() async { await connection.cancelBulkInsert(number) }
}

extension SQLiteConnection: BulkInserting {
    private static let savepoint = #""dialect bulk insert""#

    func openBulkInsert(into table: Identifier, columns: [String]) async throws(DatabaseError) -> any BulkWriter {
        await enter()
        defer { leave() }
        let database = try openDatabase()
        try refuseWhenOccupied()
        try refuseWhenCancelled()
        try transaction.refuseWhenLost()
        guard !columns.isEmpty else {
            throw DatabaseError(.syntaxError, "An insertion needs at least one column.")
        }
        let hasOwnTransaction = transaction == .none && database.isAutocommit
        if hasOwnTransaction {
            try await beginWriting()
        } else {
            guard transaction != .readOnly else {
                throw DatabaseError(
                    .readOnlyViolation,
                    "An insertion writes, and the transaction is read-only; begin a read-write transaction instead."
                )
            }
            try await takeSlot()
            try await command("SAVEPOINT \(Self.savepoint)")
        }
        lastBulkInsert += 1
        do throws(DatabaseError) {
            let names = columns.map { dialect.quote(Identifier($0)) }.joined(separator: ", ")
            let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
            bulkInsert = SQLiteBulkInsert(
                number: lastBulkInsert,
                statement: try await cachedStatement(
                    "INSERT INTO \(dialect.quote(table)) (\(names)) VALUES (\(places))"
                ),
                columnCount: columns.count,
                hasOwnTransaction: hasOwnTransaction
            )
        } catch {
            try await undoBulkInsert(hasOwnTransaction: hasOwnTransaction)
            throw error
        }
        return SQLiteBulkWriter(connection: self, number: lastBulkInsert)
    }

    fileprivate func write(_ rows: [[SQLValue]], _ number: UInt64) async throws(DatabaseError) {
        do throws(DatabaseError) {
            await enter()
            defer { leave() }
            let insert = try requireBulkInsert(number)
            try refuseWhenCancelled()
            try await run(insert.statement, of: rows, columnCount: insert.columnCount)
            bulkInsert?.count += rows.count
        } catch {
            await cancelBulkInsert(number)
            throw error
        }
    }

    private func run(
        _ statement: SQLiteStatement,
        of rows: [[SQLValue]],
        columnCount: Int
    ) async throws(DatabaseError) {
        defer { statement.reset() }
        var wait: BusyWait?
        var rest = rows[...]
        while true {
            let code = try await insert(&rest, statement, columnCount)
            _ = try openDatabase()
            guard code != SQLITE_DONE else { return }
            guard SQLiteCode.isWorthWaiting(code) else {
                let error = try failure(code, of: statement)
                settle(statement, after: error)
                throw error
            }
            // In a rollback journal more changes than fit into the memory wait for readers of the file.
            try await pause(&wait, after: code)
        }
    }

    /// Inserts rows until one fails, whose result code it returns, or the task is cancelled.
    private func insert(
        _ rest: inout ArraySlice<[SQLValue]>,
        _ statement: SQLiteStatement,
        _ columnCount: Int
    ) async throws(DatabaseError) -> Int32 {
        let run = interrupter.nextRun()
        interrupter.begin(run)
        defer { interrupter.end() }
        let (result, count) = await withTaskCancellationHandler { [rest] in
            self.steps(of: statement, rest, columnCount)
        } onCancel: { [interrupter] in
            interrupter.cancel(run)
        }
        rest = rest.dropFirst(count)
        return try result.get()
    }

    /// How the insertion of rows ended, and how many were inserted.
    private func steps(
        of statement: SQLiteStatement,
        _ rows: ArraySlice<[SQLValue]>,
        _ columnCount: Int
    ) -> (Result<Int32, DatabaseError>, count: Int) {
        var count = 0
        for row in rows {
            do throws(DatabaseError) {
                guard row.count == columnCount else {
                    throw DatabaseError(.syntaxError, "A row of an insertion has not one value for each column.")
                }
                try statement.bind(row)
            } catch {
                return (.failure(error), count)
            }
            // An INSERT is shorter than the interval at which sqlite3 asks whether to stop.
            guard !interrupter.wantsStop else { return (.success(SQLITE_INTERRUPT), count) }
            let code = statement.step()
            guard code == SQLITE_DONE else { return (.success(code), count) }
            statement.rewind()
            count += 1
        }
        return (.success(SQLITE_DONE), count)
    }

    fileprivate func finishBulkInsert(_ number: UInt64) async throws(DatabaseError) -> Int {
        do throws(DatabaseError) {
            await enter()
            defer { leave() }
            let insert = try requireBulkInsert(number)
            try transaction.refuseWhenLost()
            if insert.hasOwnTransaction {
                try await commitTransaction()
            } else {
                try await command("RELEASE \(Self.savepoint)", isShielded: true)
            }
            bulkInsert = nil
            return insert.count
        } catch {
            await cancelBulkInsert(number)
            throw error
        }
    }

    fileprivate func cancelBulkInsert(_ number: UInt64) async {
        await enter()
        defer { leave() }
        guard let insert = bulkInsert, insert.number == number else { return }
        bulkInsert = nil
        do throws(DatabaseError) {
            try await undoBulkInsert(hasOwnTransaction: insert.hasOwnTransaction)
        } catch {
            // The rows must not stay in a transaction that somebody may commit.
            if database != nil { transaction = .lost(because: error.message) }
        }
    }

    private func undoBulkInsert(hasOwnTransaction: Bool) async throws(DatabaseError) {
        guard let database else { return }
        if hasOwnTransaction {
            try await rollBackTransaction()
        } else if !database.isAutocommit {
            try await command("ROLLBACK TO \(Self.savepoint)", isShielded: true)
            try await command("RELEASE \(Self.savepoint)", isShielded: true)
        }
    }

    private func requireBulkInsert(_ number: UInt64) throws(DatabaseError) -> SQLiteBulkInsert {
        _ = try openDatabase()
        guard let bulkInsert, bulkInsert.number == number else {
            throw DatabaseError(.invalidTransactionState, "The insertion is over; open another one.")
        }
        return bulkInsert
    }
}

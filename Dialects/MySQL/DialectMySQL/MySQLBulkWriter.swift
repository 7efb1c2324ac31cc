#if MySQL
internal import DialectCore

/// What a connection keeps of an insertion of many rows.
struct MySQLBulkInsert {
    let number: UInt64
    let table: Identifier
    let columns: [String]
    /// Whether the insertion is a transaction by itself; else a savepoint is around it.
    let hasOwnTransaction: Bool
    var count = 0
}

/// An insertion of many rows: INSERT statements of many rows each, which every server has.
///
/// MariaDB could take arrays of values for one statement, but wants a column's values to be all of one type.
struct MySQLBulkWriter: BulkWriter {
    let connection: MySQLConnection
    let number: UInt64

    func write(_ rows: [[SQLValue]]) async throws(DatabaseError) { try await connection.write(rows, number) }
    func finish() async throws(DatabaseError) -> Int { try await connection.finishBulkInsert(number) }
    func cancel() async { await connection.cancelBulkInsert(number) }
}

extension MySQLConnection: BulkInserting {
    private static let savepoint = "`dialect bulk insert`"
    private static let rowsPerStatement = 500

    func openBulkInsert(into table: Identifier, columns: [String]) async throws(DatabaseError) -> any BulkWriter {
        try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try transaction.refuseWhenLost()
            guard !columns.isEmpty else {
                throw DatabaseError(.syntaxError, "An insertion needs at least one column.")
            }
            let hasOpenTransaction = try openSession().isInTransaction
            let hasOwnTransaction = transaction.isNone && !hasOpenTransaction
            if hasOwnTransaction {
                try await beginTransaction(.readWrite)
            } else {
                try await command("SAVEPOINT \(Self.savepoint)")
            }
            lastBulkInsert += 1
            bulkInsert = MySQLBulkInsert(
                number: lastBulkInsert,
                table: table,
                columns: columns,
                hasOwnTransaction: hasOwnTransaction
            )
            return MySQLBulkWriter(connection: self, number: lastBulkInsert)
        }
    }

    fileprivate func write(_ rows: [[SQLValue]], _ number: UInt64) async throws(DatabaseError) {
        do throws(DatabaseError) {
            try await call { () throws(DatabaseError) in
                let insert = try requireBulkInsert(number)
                guard rows.allSatisfy({ $0.count == insert.columns.count }) else {
                    throw DatabaseError(.syntaxError, "A row of an insertion has not one value for each column.")
                }
                let limit = max(1, min(Self.rowsPerStatement, 65_535 / insert.columns.count))
                var rest = rows[...]
                while !rest.isEmpty {
                    let part = fitting(rest.prefix(limit))
                    try await send(part, insert, isFull: part.count == limit)
                    bulkInsert?.count += part.count
                    rest = rest.dropFirst(part.count)
                }
            }
        } catch {
            await cancelBulkInsert(number)
            throw error
        }
    }

    /// As many rows as go into one packet; one that is too large alone is refused later.
    private func fitting(_ rows: ArraySlice<[SQLValue]>) -> ArraySlice<[SQLValue]> {
        var bytes = 4096
        let count = rows.prefix { row in
            bytes += row.reduce(0) { $0 + $1.roughSize + 16 }
            return bytes < facts.packetLimit / 2
        }.count
        return rows.prefix(max(1, count))
    }

    private func send(
        _ rows: ArraySlice<[SQLValue]>,
        _ insert: MySQLBulkInsert,
        isFull: Bool
    ) async throws(DatabaseError) {
        let row = "(" + Array(repeating: "?", count: insert.columns.count).joined(separator: ", ") + ")"
        let sql =
            "INSERT INTO \(dialect.quote(insert.table)) (\(insert.columns.map(dialect.quote).joined(separator: ", "))) "
            + "VALUES " + Array(repeating: row, count: rows.count).joined(separator: ", ")
        let text = MySQLStatementText(sql)
        let values = rows.flatMap(\.self)
        do throws(DatabaseError) {
            try await run(sql, text, values, isFull: isFull)
        } catch {
            var error = error
            // The text is as long as the rows are many.
            error.statement = "INSERT INTO \(dialect.quote(insert.table)) …"
            await noteTransaction(after: text, failedWith: error)
            throw error
        }
    }

    private func run(
        _ sql: String,
        _ text: MySQLStatementText,
        _ values: [SQLValue],
        isFull: Bool
    ) async throws(DatabaseError) {
        for _ in 0..<2 {
            // Only statements of the full size come again.
            guard let statement = try await prepared(sql, text, values, keeping: isFull) else { break }
            let outcome = try await start(statement, values)
            if case .mustPrepareAgain = outcome { statements.remove(statement) }
            await closeUnlessKept(statement)
            switch outcome {
            case .started: return
            case .failed(let error): throw error
            case .mustPrepareAgain: continue
            }
        }
        throw .tablesChange(sql)
    }

    fileprivate func finishBulkInsert(_ number: UInt64) async throws(DatabaseError) -> Int {
        do throws(DatabaseError) {
            return try await uncancelledCall { () throws(DatabaseError) in
                let insert = try requireBulkInsert(number)
                if insert.hasOwnTransaction {
                    try await commitTransaction()
                } else {
                    try transaction.refuseWhenLost()
                    try await command("RELEASE SAVEPOINT \(Self.savepoint)")
                }
                bulkInsert = nil
                return insert.count
            }
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
        guard loss == nil else { return }
        deadline = options.commandTimeout.map { .now + $0 }
        do throws(DatabaseError) {
            if insert.hasOwnTransaction {
                try await rollBackTransaction()
            } else if case .open = transaction {
                try await command("ROLLBACK TO SAVEPOINT \(Self.savepoint)")
            }
        } catch {
            // The rows would stay in a transaction that somebody may commit.
            breakSession(.ended)
        }
    }

    private func requireBulkInsert(_ number: UInt64) throws(DatabaseError) -> MySQLBulkInsert {
        guard let bulkInsert, bulkInsert.number == number else {
            throw DatabaseError(.invalidTransactionState, "The insertion is over; open another one.")
        }
        return bulkInsert
    }
}

extension SQLValue {
    /// About how many bytes the value takes on its way.
    fileprivate var roughSize: Int {
        switch self {
        case .text(let text), .json(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .uuid, .decimal: 40
        default: 8
        }
    }
}
#endif

#if PostgreSQL
internal import CLibPQ
internal import DialectCore

/// What a connection keeps of a statement whose rows are being read.
struct PostgreSQLOpenCursor {
    /// Where the rows come from.
    enum Source {
        /// A cursor on the server. It lives in a transaction; `ownsTransaction` when that was begun for it alone.
        case server(name: String, ownsTransaction: Bool)
        /// Rows that are here already.
        case buffer(Rows, position: Int)
        /// There are no more.
        case end
    }

    let number: UInt64
    var source: Source
    /// The statement that fetches, and how many rows it asks for.
    var fetch: (statement: PostgreSQLStatement, limit: Int)?
}

/// The rest of a result: see `RowCursor`.
struct PostgreSQLCursor: RowCursor {
    let connection: PostgreSQLConnection
    let number: UInt64

    func nextBatch(limit: Int) async throws(DatabaseError) -> Rows? {
        try await connection.nextBatch(of: number, limit: limit)
    }

    func close() async { await connection.closeCursor(number) }
}

// Rows are streamed by a cursor of the server: `DECLARE`, then `FETCH` for each batch. libpq's single-row mode has two
// faults that this has not: rows that nobody wants must be read or cancelled, and a cancel would end the transaction around
// it; and it makes an object for each row. A cursor needs a transaction, so outside of one it gets its own.
//
// A statement without a cursor, such as INSERT … RETURNING, runs to its end in any case: its rows are buffered.
extension PostgreSQLConnection: RowStreaming {
    func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            self.lastNumber += 1
            let source = try await self.openSource(statement)
            self.cursor = PostgreSQLOpenCursor(number: self.lastNumber, source: source)
            return PostgreSQLCursor(connection: self, number: self.lastNumber)
        }
    }

    private func openSource(_ statement: Statement) async throws(DatabaseError) -> PostgreSQLOpenCursor.Source {
        guard PostgreSQLCommand(try statement.sql(for: PostgreSQLDialect())).hasCursor else {
            return .buffer(try await run(statement).rows, position: 0)
        }
        let ownsTransaction = try living().transactionStatus == PQTRANS_IDLE
        if ownsTransaction { try await command("BEGIN") }
        let name = "dialect_cursor_\(lastNumber)"
        do throws(DatabaseError) {
            try await declare(name, for: statement)
        } catch {
            if ownsTransaction, link?.isOpen == true { try await command("ROLLBACK") }
            throw error
        }
        return .server(name: name, ownsTransaction: ownsTransaction)
    }

    private func declare(_ name: String, for statement: Statement) async throws(DatabaseError) {
        var declaration = Statement(unsafe: "DECLARE \(name) NO SCROLL CURSOR FOR ")
        declaration.append(statement)
        // It ends with its transaction, so the session stays as it was.
        let hadChangedSession = hasChangedSession
        _ = try await run(declaration)
        hasChangedSession = hadChangedSession || PostgreSQLCommand("\(statement)").changesSession
    }

    func nextBatch(of number: UInt64, limit: Int) async throws(DatabaseError) -> Rows? {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            guard let open = self.cursor, open.number == number else {
                throw DatabaseError(.invalidTransactionState, "The cursor is closed; run its statement again.")
            }
            switch open.source {
            case .end: return nil
            case .buffer(let rows, let position): return self.takeBatch(of: rows, from: position, limit: limit)
            case .server(let name, _): return try await self.fetch(limit, from: name)
            }
        }
    }

    private func fetch(_ limit: Int, from name: String) async throws(DatabaseError) -> Rows? {
        let rows: Rows
        if let fetch = cursor?.fetch, fetch.limit == limit {
            rows = try await runPrepared(fetch.statement, []).rows
        } else {
            let (result, statement) = try await prepareOnce("FETCH FORWARD \(limit) FROM \(name)")
            cursor?.fetch = (statement, limit)
            rows = result.rows
        }
        return rows.isEmpty ? nil : rows
    }

    private func takeBatch(of rows: Rows, from position: Int, limit: Int) -> Rows? {
        guard position < rows.count else { return nil }
        let end = min(rows.count, position + limit)
        cursor?.source = .buffer(rows, position: end)
        return position == 0 && end == rows.count ? rows : rows.copy(position..<end)
    }

    func closeCursor(_ number: UInt64) async {
        // A session that broke needs no closing.
        try? await perform(.shielded) { () async throws(DatabaseError) in
            guard self.cursor?.number == number else { return }
            try await self.closeCursor()
        }
    }

    /// Ends the cursor that is open, and the transaction that was begun for it.
    func closeCursor() async throws(DatabaseError) {
        guard let open = cursor else { return }
        cursor = nil
        guard case .server(let name, let ownsTransaction) = open.source else { return }
        let hasFailed = try living().transactionStatus != PQTRANS_INTRANS
        if ownsTransaction {
            try await command(hasFailed ? "ROLLBACK" : "COMMIT")
        } else if !hasFailed {
            try await command("CLOSE \(name)")
        }
    }
}

extension Rows {
    /// A part of the rows, in a buffer of its own.
    fileprivate func copy(_ range: Range<Int>) -> Rows {
        var builder = RowsBuilder(columns: columns)
        for index in range {
            for column in columns.indices {
                // Every position is that of a column.
                guard let cell = try? self[index].cell(at: column) else { continue }
                switch cell.kind {
                case .null: builder.appendNull()
                case .bool: builder.append(cell.integerBits != 0)
                case .integer: builder.append(cell.integerBits)
                case .double: builder.append(cell.double)
                case .timestamp: builder.append(Timestamp(microsecondsSinceEpoch: cell.integerBits))
                case .decimal, .text, .bytes, .uuid, .json: cell.withBytes { builder.append(cell.kind, bytes: $0) }
                }
            }
        }
        return builder.finish()
    }
}
#endif

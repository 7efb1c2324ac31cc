internal import CSQLiteFamily
internal import DialectCore

/// What a connection keeps of a statement whose rows are being read.
struct SQLiteOpenCursor {
    let number: UInt64
    let statement: SQLiteStatement
    /// Whether the statement stands on a row that was not given out.
    var hasMore: Bool
}

/// The rest of a result: see `RowCursor`.
struct SQLiteCursor: RowCursor {
    let connection: SQLiteConnection
    let number: UInt64

    func nextBatch(limit: Int) async throws(DatabaseError) -> Rows? {
        try await connection.nextBatch(of: number, limit: limit)
    }

    func close() async { await connection.closeCursor(number) }
}

extension SQLiteConnection: RowStreaming {
    func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor {
        await enter()
        defer { leave() }
        lastCursor += 1
        let number = lastCursor
        guard let prepared = try await prepare(statement) else {
            return SQLiteCursor(connection: self, number: number)
        }
        // Up to the first row, where most of what can go wrong does.
        let (_, code) = try await advance(prepared, limit: 0)
        let hasMore = code == SQLITE_ROW
        if !hasMore { settle(prepared) }
        cursor = SQLiteOpenCursor(number: number, statement: prepared, hasMore: hasMore)
        return SQLiteCursor(connection: self, number: number)
    }

    fileprivate func nextBatch(of number: UInt64, limit: Int) async throws(DatabaseError) -> Rows? {
        await enter()
        defer { leave() }
        _ = try openDatabase()
        guard let open = cursor, open.number == number else {
            throw DatabaseError(.invalidTransactionState, "The cursor is closed; run its statement again.")
        }
        guard open.hasMore else { return nil }
        try refuseWhenCancelled()
        // Until it is known otherwise: a statement that fails has no more rows.
        cursor?.hasMore = false
        let (rows, code) = try await advance(open.statement, from: SQLITE_ROW, limit: limit)
        if code == SQLITE_ROW { cursor?.hasMore = true } else { settle(open.statement) }
        return rows
    }

    fileprivate func closeCursor(_ number: UInt64) async {
        await enter()
        defer { leave() }
        guard cursor?.number == number else { return }
        closeCursor()
    }

    /// Ends the statement whose rows were being read.
    func closeCursor() {
        guard let open = cursor else { return }
        cursor = nil
        if open.hasMore { settle(open.statement) }
    }
}

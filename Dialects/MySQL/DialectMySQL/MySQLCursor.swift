#if MySQL
internal import CLibMariaDB
internal import DialectCore

/// What a connection keeps of a statement whose rows are being read.
struct MySQLOpenCursor {
    let number: UInt64
    let statement: MySQLStatement
    /// Whether the server may have more rows to send.
    var hasMore: Bool
}

/// The rest of a result: see `RowCursor`.
///
/// The rows come as the server sends them and are not asked for in portions: a server-side cursor would make the server
/// write the whole result into a temporary table first. Who reads slowly lets the socket fill up, and then the server
/// waits.
struct MySQLCursor: RowCursor {
    let connection: MySQLConnection
    let number: UInt64

    func nextBatch(limit: Int) async throws(DatabaseError) -> Rows? {
        try await connection.nextBatch(of: number, limit: limit)
    }

    func close() async { await connection.closeCursor(number) }
}

extension MySQLConnection: RowStreaming {
    func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor {
        let sql = try statement.sql(for: dialect)
        let parameters = statement.parameters
        return try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try transaction.refuseWhenLost()
            lastCursor += 1
            isCursorClosed = false
            let text = MySQLStatementText(sql)
            do throws(DatabaseError) {
                try await open(sql, text, parameters)
            } catch {
                if text.changesSession { hasChangedSession = true }
                await noteTransaction(after: text, failedWith: error)
                throw error
            }
            if text.changesSession { hasChangedSession = true }
            if cursor == nil { try await noteTransaction(after: text) }
            return MySQLCursor(connection: self, number: lastCursor)
        }
    }

    private func open(
        _ sql: String,
        _ text: MySQLStatementText,
        _ parameters: [SQLValue]
    ) async throws(DatabaseError) {
        for _ in 0..<2 {
            guard let statement = try await prepared(sql, text, parameters) else {
                _ = try await executeText(sql)
                return
            }
            switch try await start(statement, parameters) {
            case .failed(let error):
                await closeUnlessKept(statement)
                throw error
            case .mustPrepareAgain:
                statements.remove(statement)
                await close(statement)
            case .started:
                if statement.givesRows {
                    cursor = MySQLOpenCursor(number: lastCursor, statement: statement, hasMore: true)
                } else {
                    await closeUnlessKept(statement)
                }
                return
            }
        }
        throw .tablesChange(sql)
    }

    fileprivate func nextBatch(of number: UInt64, limit: Int) async throws(DatabaseError) -> Rows? {
        try await call { () throws(DatabaseError) in
            guard number == lastCursor else { throw .cursorIsClosed }
            guard let open = cursor else {
                if isCursorClosed { throw .cursorIsClosed }
                return nil
            }
            guard open.hasMore else { return nil }
            var builder = RowsBuilder(columns: open.statement.columns)
            do throws(DatabaseError) {
                while builder.rowCount < limit {
                    guard try await fetchRow(open.statement) else {
                        cursor?.hasMore = false
                        break
                    }
                    open.statement.readRow(into: &builder)
                }
            } catch {
                // A statement that failed has no more rows.
                cursor?.hasMore = false
                await noteTransaction(after: open.statement.text, failedWith: error)
                throw error
            }
            return builder.rowCount > 0 ? builder.finish() : nil
        }
    }

    fileprivate func closeCursor(_ number: UInt64) async {
        await enter()
        defer { leave() }
        guard number == lastCursor else { return }
        isCursorClosed = true
        if cursor != nil { await closeCursor() }
    }

    /// Ends the statement whose rows are being read.
    ///
    /// What is left of a short result is read and thrown away. A long one would take as long as reading it, so its statement
    /// is killed, as a cancelled one is.
    func closeCursor() async {
        guard let open = cursor else { return }
        cursor = nil
        if open.hasMore, loss == nil { await discardRows(of: open.statement) }
        await closeUnlessKept(open.statement)
    }

    private func discardRows(of statement: MySQLStatement) async {
        startClock()
        var left = 1000
        do throws(DatabaseError) {
            while left > 0, try await fetchRow(statement) { left -= 1 }
            if left > 0 { return }
            startKill()
            while try await fetchRow(statement) {}
        } catch {
            // The kill ended it, which is what was wanted, or the session is gone, which later calls will tell.
        }
        await settleKill()
        startClock()
    }

    func requireNoCursor() throws(DatabaseError) {
        guard bulkInsert == nil else {
            throw DatabaseError(
                .invalidTransactionState,
                "An insertion of many rows is under way; finish or cancel it first."
            )
        }
        guard cursor == nil else {
            throw DatabaseError(
                .invalidTransactionState,
                "The rows of an earlier statement are still being read; close its cursor first."
            )
        }
    }
}

extension DatabaseError {
    fileprivate static let cursorIsClosed = DatabaseError(
        .invalidTransactionState,
        "The cursor is closed; run its statement again."
    )
}
#endif

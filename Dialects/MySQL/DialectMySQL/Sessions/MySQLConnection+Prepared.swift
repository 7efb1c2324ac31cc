#if MySQL
internal import CLibMariaDB
internal import DialectCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// How the run of a prepared statement began.
enum MySQLStart {
    case started
    case failed(DatabaseError)
    /// The server does not know the statement any more, or its columns have changed; it may be prepared and run again.
    case mustPrepareAgain
}

extension MySQLConnection {
    /// Runs a statement, preparing it first unless that was done.
    func executePrepared(
        _ sql: String,
        _ text: MySQLStatementText,
        _ parameters: [SQLValue]
    ) async throws(DatabaseError) -> StatementResult {
        // Twice: a statement of the cache may have to be prepared again.
        for _ in 0..<2 {
            guard let statement = try await prepared(sql, text, parameters) else { return try await executeText(sql) }
            switch try await start(statement, parameters) {
            case .failed(let error):
                await closeUnlessKept(statement)
                throw error
            case .mustPrepareAgain:
                statements.remove(statement)
                await close(statement)
            case .started:
                return try await concluding(statement) { () throws(DatabaseError) in try await finish(statement) }
            }
        }
        throw .tablesChange(sql)
    }

    /// The statement from the cache or from the server; nil when the server cannot prepare it.
    func prepared(
        _ sql: String,
        _ text: MySQLStatementText,
        _ parameters: [SQLValue],
        keeping: Bool = true
    ) async throws(DatabaseError) -> MySQLStatement? {
        if let cached = statements.statement(for: sql) { return cached }
        let session = try openSession()
        try requireRoom(for: sql.utf8.count, sql)
        let statement = try MySQLStatement(sql, text, on: session)
        // libmariadb reads the text until it has sent all of it.
        guard let copy = strdup(sql) else { throw DatabaseError(.other, "There is no memory for a statement.") }
        defer { Glibc.free(copy) }
        let length = UInt(sql.utf8.count)
        var code: CInt = 0
        await run {
            mysql_stmt_prepare_start(&code, statement.handle, copy, length)
        } _: {
            mysql_stmt_prepare_cont(&code, statement.handle, $0)
        }
        guard code == 0 else {
            let failure = statement.failure
            let error = error(failure, statement: sql)
            await close(statement)
            if failure.code == MySQLCode.cannotPrepare, parameters.isEmpty { return nil }
            throw error
        }
        statement.notePrepared()
        if keeping, let evicted = statements.insert(statement) { await close(evicted) }
        return statement
    }

    /// Sends a prepared statement with its values, and reads the answer up to the first row.
    func start(
        _ statement: MySQLStatement,
        _ parameters: [SQLValue]
    ) async throws(DatabaseError) -> MySQLStart {
        do throws(DatabaseError) {
            try requireRoom(for: try statement.bind(parameters), statement.sql)
        } catch {
            return .failed(error)
        }
        var code: CInt = 0
        await run {
            mysql_stmt_execute_start(&code, statement.handle)
        } _: {
            mysql_stmt_execute_cont(&code, statement.handle, $0)
        }
        return started(statement, code)
    }

    /// What has become of the sending of a statement.
    func started(_ statement: MySQLStatement, _ code: CInt) -> MySQLStart {
        guard code != 0 else {
            statement.noteExecuted()
            return .started
        }
        let failure = statement.failure
        let mayRunAgain =
            MySQLCode.mustPrepareAgain.contains(failure.code)
            || failure.code == MySQLCode.newColumns && statement.text.onlyReads
        return mayRunAgain && loss == nil ? .mustPrepareAgain : .failed(error(failure, statement: statement.sql))
    }

    /// Reads the rest of the answer.
    func finish(_ statement: MySQLStatement) async throws(DatabaseError) -> StatementResult {
        guard statement.givesRows else {
            let count = affectedRows(mysql_stmt_affected_rows(statement.handle))
            try await skipResults(of: statement)
            return StatementResult(affectedRows: count)
        }
        var builder = RowsBuilder(columns: statement.columns)
        while try await fetchRow(statement) { statement.readRow(into: &builder) }
        try await skipResults(of: statement)
        let count = builder.rowCount
        return StatementResult(rows: builder.finish(), affectedRows: statement.text.onlyReads ? 0 : count)
    }

    /// Reads and forgets what follows the first result: a CALL has at least one more.
    func skipResults(of statement: MySQLStatement) async throws(DatabaseError) {
        while mysql_stmt_more_results(statement.handle) != 0 {
            var code: CInt = 0
            await run {
                mysql_stmt_next_result_start(&code, statement.handle)
            } _: {
                mysql_stmt_next_result_cont(&code, statement.handle, $0)
            }
            if code < 0 { return }
            if code > 0 { throw error(statement.failure, statement: statement.sql) }
            if statement.givesRows { while try await fetchRow(statement) {} }
        }
    }

    /// Fetches the next row; false after the last one.
    ///
    /// Most rows are in libmariadb's buffer already, and then nothing waits; so now and then the other sessions of the
    /// reactor get a turn.
    func fetchRow(_ statement: MySQLStatement) async throws(DatabaseError) -> Bool {
        fetchedRows &+= 1
        if fetchedRows.isMultiple(of: 128) { await Task.yield() }
        var code: CInt = 0
        let status = step { mysql_stmt_fetch_start(&code, statement.handle) }
        if status != 0 {
            await run {
                status
            } _: {
                mysql_stmt_fetch_cont(&code, statement.handle, $0)
            }
        }
        return try isRow(code, of: statement)
    }

    /// Whether a fetch gave a row, or came to the end.
    func isRow(_ code: CInt, of statement: MySQLStatement) throws(DatabaseError) -> Bool {
        switch code {
        case 0, MYSQL_DATA_TRUNCATED: return true
        case MYSQL_NO_DATA: return false
        default:
            let failure = statement.failure
            throw error(failure.code != 0 ? failure : session?.failure ?? failure, statement: statement.sql)
        }
    }

    func affectedRows(_ count: UInt64) -> Int { Int(exactly: count) ?? 0 }

    /// Refuses what the server would only answer by ending the session.
    func requireRoom(for bytes: Int, _ sql: String) throws(DatabaseError) {
        // The values have a length and a type each, and the command has a head.
        guard bytes + 1024 > facts.packetLimit else { return }
        throw DatabaseError(
            .valueOutOfRange,
            "The statement and its values take \(bytes) bytes, more than the server's max_allowed_packet of "
                + "\(facts.packetLimit); raise that, or send less at a time.",
            statement: sql.utf8.count > 10_000 ? nil : sql
        )
    }

    /// Reads the answer to a statement, and closes it afterwards unless the cache has it.
    func concluding(
        _ statement: MySQLStatement,
        _ body: () async throws(DatabaseError) -> StatementResult
    ) async throws(DatabaseError) -> StatementResult {
        do throws(DatabaseError) {
            let result = try await body()
            await closeUnlessKept(statement)
            return result
        } catch {
            await closeUnlessKept(statement)
            throw error
        }
    }

    func closeUnlessKept(_ statement: MySQLStatement) async {
        if statement.isOutdated { statements.remove(statement) }
        if !statement.isKept { await close(statement) }
    }

    /// Frees a statement, here and on the server.
    func close(_ statement: MySQLStatement) async {
        var code: my_bool = 0
        await run {
            mysql_stmt_close_start(&code, statement.handle)
        } _: {
            mysql_stmt_close_cont(&code, statement.handle, $0)
        }
    }
}

extension DatabaseError {
    /// A statement was prepared twice in vain.
    static func tablesChange(_ sql: String) -> DatabaseError {
        DatabaseError(
            .other,
            "The tables of the statement were altered while it was prepared; run it again.",
            statement: sql
        )
    }
}
#endif

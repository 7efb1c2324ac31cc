#if PostgreSQL
internal import CLibPQ
internal import DialectCore

extension PostgreSQLConnection {
    /// Runs a statement and reads its whole result.
    func run(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        let sql = try statement.postgreSQLText()
        let values = statement.parameters
        guard let prepared = cached(sql, for: values) else { return try await prepareAndRun(sql, values) }
        let parameters: PostgreSQLParameters
        do throws(DatabaseError) {
            parameters = try PostgreSQLParameters(values, as: prepared.types)
        } catch {
            // A column may have another type by now; if not, the same error comes again.
            statements.remove(prepared)
            return try await prepareAndRun(sql, values)
        }
        let isAlone = try living().transactionStatus == PQTRANS_IDLE
        do throws(DatabaseError) {
            return try await runPrepared(prepared, parameters)
        } catch {
            // The table changed, or somebody made the server forget: prepared again, it runs. Both are found before the
            // statement begins to run, so nothing runs twice; but inside a transaction the error has ended that.
            guard isAlone, error.isOfOutdatedStatement, link?.isOpen == true else { throw error }
            statements.remove(prepared)
            return try await prepareAndRun(sql, values)
        }
    }

    /// The prepared statement for a text and the kinds of its values.
    func cached(_ sql: String, for values: [SQLValue]) -> PostgreSQLStatement? {
        guard let plain = statements.statement(for: sql), plain.types.count == values.count else { return nil }
        guard let declared = plain.declarations(for: values) else { return plain }
        return statements.statement(for: PostgreSQLStatement.key(sql, declaring: declared))
    }

    /// Runs a statement that is prepared.
    func runPrepared(
        _ statement: PostgreSQLStatement,
        _ parameters: PostgreSQLParameters
    ) async throws(DatabaseError) -> StatementResult {
        let link = try living()
        noteStart(of: statement.command, on: link)
        guard parameters.send(statement, on: link) else { throw failedToSend(link) }
        let outcome = await collect(statement)
        call.mayHaveCommitted = false
        return try outcome.get()
    }

    /// Reads the results of a statement up to the nil behind them.
    func collect(
        _ statement: PostgreSQLStatement,
        after begun: Result<StatementResult, DatabaseError> = .success(StatementResult())
    ) async -> Result<StatementResult, DatabaseError> {
        var outcome = begun
        do throws(DatabaseError) {
            while let result = try await nextResult() {
                // What comes after an error tells nothing more.
                guard case .success = outcome else { continue }
                outcome = read(result, of: statement)
                if case .failure = outcome, link?.isOpen != true { break }
            }
        } catch {
            return .failure(error)
        }
        guard case .success = outcome else { return outcome }
        if statement.command.forgetsStatements { statements.removeAll() }
        if statement.command.changesTypes { statements.dropAll() }
        return outcome
    }

    func read(
        _ result: borrowing PostgreSQLResult,
        of statement: PostgreSQLStatement
    ) -> Result<StatementResult, DatabaseError> {
        switch result.status {
        case PGRES_TUPLES_OK:
            let reader = statement.reader ?? PostgreSQLRowReader(result, format: 0)
            do throws(DatabaseError) {
                return .success(StatementResult(rows: try reader.rows(of: result), affectedRows: result.affectedRows))
            } catch {
                return .failure(error)
            }
        case PGRES_COMMAND_OK: return .success(StatementResult(affectedRows: result.affectedRows))
        case PGRES_EMPTY_QUERY: return .success(StatementResult())
        case _ where result.isError: return .failure(error(of: result, statement.sql))
        default:
            return .failure(
                breakSession(
                    DatabaseError(
                        .unsupportedFeature,
                        "The statement exchanges data in a way that a result has no place for; the connection is closed.",
                        statement: statement.sql
                    )
                )
            )
        }
    }

    /// Takes note of what a statement may do to the session and to data.
    func noteStart(of command: PostgreSQLCommand, on link: PostgreSQLLink) {
        if command.changesSession { hasChangedSession = true }
        if command.mayWrite, link.transactionStatus == PQTRANS_IDLE { call.mayHaveCommitted = true }
    }

    /// The error in a result; closes the session when the server has ended it.
    func error(of result: borrowing PostgreSQLResult, _ sql: String?) -> DatabaseError {
        let failure = result.failure(of: sql)
        let error = failure.error()
        guard let link, link.isOpen else { return brokenBecause ?? error }
        guard failure.endsSession || PQstatus(link.handle) != CONNECTION_OK else { return error }
        var lost = error
        lost.code = .connectionLost
        return breakSession(lost)
    }

    /// Keeps the first error of several; throws it at once when there is no session to go on reading from.
    func note(
        _ result: borrowing PostgreSQLResult,
        of sql: String?,
        as failure: inout DatabaseError?
    ) throws(DatabaseError) {
        let error = failure ?? error(of: result, sql)
        guard link?.isOpen == true else { throw error }
        failure = error
    }

    /// The error for what libpq did not even take.
    func failedToSend(_ link: PostgreSQLLink) -> DatabaseError {
        call.mayHaveCommitted = false
        guard PQstatus(link.handle) == CONNECTION_OK else {
            return breakSession(
                DatabaseError(
                    .connectionLost,
                    "The connection to the server at \(link.server) broke; connect again.",
                    serverMessage: link.errorMessage
                )
            )
        }
        return DatabaseError(
            .other,
            "The statement could not be sent; the client library says why.",
            serverMessage: link.errorMessage
        )
    }

    /// Runs a command without parameters and rows, and returns its tag.
    @discardableResult
    func command(_ sql: String) async throws(DatabaseError) -> String {
        let link = try living()
        guard PQsendQuery(link.handle, sql) == 1 else { throw failedToSend(link) }
        var tag = ""
        var failure: DatabaseError?
        while let result = try await nextResult() {
            if result.isError { try note(result, of: sql, as: &failure) } else { tag = result.tag }
        }
        if let failure { throw failure }
        return tag
    }
}

extension DatabaseError {
    /// Whether the server found, before it ran anything, that a prepared statement is gone or gives other columns.
    var isOfOutdatedStatement: Bool { sqlState == "26000" || sqlState == "0A000" }
}
#endif

#if PostgreSQL
internal import CLibPQ
internal import DialectCore

// A statement that is not prepared yet takes two round trips: the first prepares and describes it, the second runs it
// with its values encoded for the types that the server told. Both are before one Sync, so that a transaction pooler
// keeps the session together, and a statement without a name is still there.
extension PostgreSQLConnection {
    /// Prepares a statement, keeps it when it is worth that, and runs it.
    func prepareAndRun(
        _ sql: String,
        _ values: [SQLValue],
        declaring declared: [PostgreSQLType] = []
    ) async throws(DatabaseError) -> StatementResult {
        let command = PostgreSQLCommand(sql)
        try refuse(sql, command)
        let link = try living()
        try await dropForgottenStatements(link)
        guard PQenterPipelineMode(link.handle) == 1 else { throw failedToSend(link) }
        let isKept = !isPooled && statements.keeps(sql, command)
        let statement: PostgreSQLStatement
        do throws(DatabaseError) {
            let name = isKept ? statements.nextName() : ""
            statement = try await describe(sql, command, named: name, declaring: declared)
        } catch {
            try await endPipeline()
            throw error
        }
        if isKept { statements.insert(statement) }
        guard statement.types.count == values.count else {
            try await endPipeline()
            throw miscounted(statement, values)
        }
        if declared.isEmpty, let needed = statement.declarations(for: values) {
            try await endPipeline()
            return try await prepareAndRun(sql, values, declaring: needed)
        }
        return try await runInPipeline(statement, values)
    }

    /// Prepares a statement without a name and parameters, runs it, and returns it for further runs.
    ///
    /// It is there until another statement without a name is prepared.
    func prepareOnce(_ sql: String) async throws(DatabaseError) -> (StatementResult, PostgreSQLStatement) {
        let link = try living()
        guard PQenterPipelineMode(link.handle) == 1 else { throw failedToSend(link) }
        let statement: PostgreSQLStatement
        do throws(DatabaseError) {
            statement = try await describe(sql, PostgreSQLCommand(sql), named: "", declaring: [])
        } catch {
            try await endPipeline()
            throw error
        }
        return (try await runInPipeline(statement, []), statement)
    }

    private func refuse(_ sql: String, _ command: PostgreSQLCommand) throws(DatabaseError) {
        guard !sql.utf8.contains(0) else {
            throw DatabaseError(.syntaxError, "The statement has a NUL character in its text; remove it.")
        }
        guard command.isCopyStream else { return }
        throw DatabaseError(
            .unsupportedFeature,
            "A COPY from or to the client has no place in a result; insert rows with insert(into:columns:rows:).",
            statement: sql
        )
    }

    /// Prepares and describes a statement inside a pipeline.
    private func describe(
        _ sql: String,
        _ command: PostgreSQLCommand,
        named name: String,
        declaring declared: [PostgreSQLType]
    ) async throws(DatabaseError) -> PostgreSQLStatement {
        let link = try living()
        let types = declared.map(\.rawValue)
        guard
            PQsendPrepare(link.handle, name, sql, Int32(types.count), types) == 1,
            PQsendDescribePrepared(link.handle, name) == 1,
            PQsendFlushRequest(link.handle) == 1
        else { throw failedToSend(link) }
        if let failure = try await oneResult(sql, reading: { _ in }) { throw failure }
        var statement: PostgreSQLStatement?
        let failure = try await oneResult(sql) { result in
            statement = PostgreSQLStatement(
                key: PostgreSQLStatement.key(sql, declaring: declared),
                name: name,
                sql: sql,
                command: command,
                types: (0..<PQnparams(result.pointer)).map {
                    PostgreSQLType(rawValue: PQparamtype(result.pointer, $0))
                },
                reader: PQnfields(result.pointer) > 0 ? PostgreSQLRowReader(result) : nil
            )
        }
        guard let statement else { throw failure ?? .notDescribed(sql) }
        return statement
    }

    /// Reads the result of one of the pipeline's messages and the nil behind it; returns its error.
    private func oneResult(
        _ sql: String,
        reading: (borrowing PostgreSQLResult) -> Void
    ) async throws(DatabaseError) -> DatabaseError? {
        var failure: DatabaseError?
        while let result = try await nextResult() {
            if result.isError { try note(result, of: sql, as: &failure) } else { reading(result) }
        }
        return failure
    }

    private func runInPipeline(
        _ statement: PostgreSQLStatement,
        _ values: [SQLValue]
    ) async throws(DatabaseError) -> StatementResult {
        let parameters: PostgreSQLParameters
        do throws(DatabaseError) {
            parameters = try PostgreSQLParameters(values, as: statement.types)
        } catch {
            try await endPipeline()
            throw error
        }
        let link = try living()
        noteStart(of: statement.command, on: link)
        guard parameters.send(statement, on: link) else {
            let error = failedToSend(link)
            try await endPipeline()
            throw error
        }
        guard PQpipelineSync(link.handle) == 1 else { throw failedToSend(link) }
        let outcome = await collect(statement)
        guard link.isOpen else { return try outcome.get() }
        // The Sync is what commits, so it may fail where the statement did not.
        try await readSync()
        return try outcome.get()
    }

    /// Ends the pipeline with a Sync and waits until the server is ready again.
    private func endPipeline() async throws(DatabaseError) {
        guard let link, link.isOpen else { return }
        guard PQpipelineSync(link.handle) == 1 else { throw failedToSend(link) }
        try await readSync()
    }

    private func readSync() async throws(DatabaseError) {
        var failure: DatabaseError?
        var separators = 0
        while true {
            guard let result = try await nextResult() else {
                // At most one behind each message of the pipeline; more would never end.
                separators += 1
                guard separators <= 4 else { throw breakSession(.notDescribed("")) }
                continue
            }
            if result.status == PGRES_PIPELINE_SYNC { break }
            if result.isError { try note(result, of: nil, as: &failure) }
        }
        call.mayHaveCommitted = false
        let link = try living()
        guard PQexitPipelineMode(link.handle) == 1 else { throw failedToSend(link) }
        if let failure { throw failure }
    }

    /// Tells the server to forget statements that left the cache, several at a time.
    ///
    /// Outside transactions only: a statement that the server has forgotten already is an error, which is of no interest
    /// and would end a transaction.
    private func dropForgottenStatements(_ link: PostgreSQLLink) async throws(DatabaseError) {
        guard link.transactionStatus == PQTRANS_IDLE else { return }
        for name in statements.takeDropped(atLeast: 16) {
            do throws(DatabaseError) {
                try await command("DEALLOCATE \(name)")
            } catch {
                guard error.sqlState == "26000" else { throw error }
            }
        }
    }

    func miscounted(_ statement: PostgreSQLStatement, _ values: [SQLValue]) -> DatabaseError {
        DatabaseError(
            .syntaxError,
            "The statement has \(statement.types.count) placeholders and \(values.count) bound values; interpolate the "
                + "values instead of writing placeholders by hand.",
            statement: statement.sql
        )
    }
}

extension DatabaseError {
    fileprivate static func notDescribed(_ sql: String) -> DatabaseError {
        DatabaseError(.other, "The server did not describe the statement.", statement: sql)
    }
}
#endif

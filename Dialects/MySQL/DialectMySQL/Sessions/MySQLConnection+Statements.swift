#if MySQL
internal import CLibMariaDB
internal import DialectCore

extension MySQLConnection {
    @discardableResult
    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        let sql = try statement.sql(for: dialect)
        return try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try transaction.refuseWhenLost()
            return try await execute(sql, statement.parameters)
        }
    }

    /// Runs a statement, prepared where that pays, and sees to what it did to the transaction and the session.
    func execute(_ sql: String, _ parameters: [SQLValue]) async throws(DatabaseError) -> StatementResult {
        let cached = statements.statement(for: sql)
        let text = cached?.text ?? MySQLStatementText(sql)
        do throws(DatabaseError) {
            let result =
                if parameters.isEmpty, cached == nil, !text.isPreparable {
                    try await executeText(sql)
                } else {
                    try await executePrepared(sql, text, parameters)
                }
            if text.changesSession { hasChangedSession = true }
            try await noteTransaction(after: text)
            return result
        } catch {
            if text.changesSession { hasChangedSession = true }
            await noteTransaction(after: text, failedWith: error)
            throw error
        }
    }
}
#endif

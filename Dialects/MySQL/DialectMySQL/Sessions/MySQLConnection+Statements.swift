#if MySQL
internal import CLibMariaDB
internal import DialectCore

extension MySQLConnection {
    /// Runs a statement, prepared where that pays, and sees to what it did to the transaction and the session.
    func execute(_ sql: String, _ parameters: [SQLValue]) async throws(DatabaseError) -> StatementResult {
        let cached = statements.statement(for: sql)
        let text = cached?.text ?? MySQLStatementText(sql)
        return try await noting(text) { () throws(DatabaseError) in
            if parameters.isEmpty, cached == nil, !text.isPreparable {
                try await executeText(sql)
            } else {
                try await executePrepared(sql, text, parameters)
            }
        }
    }

    /// Sees to what a statement did to the transaction and the session.
    func noting(
        _ text: MySQLStatementText,
        _ body: () async throws(DatabaseError) -> StatementResult
    ) async throws(DatabaseError) -> StatementResult {
        do throws(DatabaseError) {
            let result = try await body()
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

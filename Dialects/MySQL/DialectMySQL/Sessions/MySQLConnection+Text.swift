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

// Statements that are sent as text: those that the server cannot prepare, and those that are run so rarely that preparing
// would only cost a round trip.
extension MySQLConnection {
    /// Runs a statement without parameters.
    ///
    /// A CALL may give several results; the rows of the first one that has any are kept.
    func executeText(_ sql: String) async throws(DatabaseError) -> StatementResult {
        _ = try openSession()
        try requireRoom(for: sql.utf8.count, sql)
        switch await runText(sql) {
        case .success(let result): return result
        case .failure(let failure): throw error(failure, statement: sql)
        }
    }

    /// Runs a statement of the dialect's own, without rows.
    func command(_ sql: String) async throws(DatabaseError) {
        _ = try openSession()
        if case .failure(let failure) = await runText(sql) { throw error(failure, statement: sql) }
    }

    func runText(_ sql: String) async -> Result<StatementResult, MySQLFailure> {
        guard let session, loss == nil, let copy = strdup(sql) else {
            return .failure(MySQLFailure(code: 2006, sqlState: nil, message: "the session is over"))
        }
        // libmariadb reads the text until it has sent all of it.
        defer { free(copy) }
        let handle = session.handle
        let length = sql.utf8.count
        var code: CInt = 0
        await run {
            mysql_real_query_start(&code, handle, copy, UInt(length))
        } _: {
            mysql_real_query_cont(&code, handle, $0)
        }
        guard code == 0 else { return .failure(session.failure) }
        var result = StatementResult()
        while true {
            switch await readResult(session) {
            case .success(let next):
                if result.rows.columns.isEmpty { result.rows = next.rows }
                result.affectedRows += next.affectedRows
            case .failure(let failure): return .failure(failure)
            }
            var next: CInt = -1
            await run {
                mysql_next_result_start(&next, handle)
            } _: {
                mysql_next_result_cont(&next, handle, $0)
            }
            if next < 0 { return .success(result) }
            if next > 0 { return .failure(session.failure) }
        }
    }

    private func readResult(_ session: MySQLSession) async -> Result<StatementResult, MySQLFailure> {
        let handle = session.handle
        guard mysql_field_count(handle) > 0 else {
            return .success(StatementResult(affectedRows: affectedRows(mysql_affected_rows(handle))))
        }
        var stored: UnsafeMutablePointer<MYSQL_RES>?
        await run {
            mysql_store_result_start(&stored, handle)
        } _: {
            mysql_store_result_cont(&stored, handle, $0)
        }
        guard let stored else { return .failure(session.failure) }
        defer { mysql_free_result(stored) }
        return .success(StatementResult(rows: MySQLTextRows(stored).rows))
    }

    /// Asks the server for nothing but an answer, which says whether a transaction is open.
    ///
    /// Not with a ping: libmariadb does not look at the state that the answer to one carries.
    func askForStatus() async throws(DatabaseError) {
        var answer = await runText("DO 0")
        // The mark of an earlier kill, which it has taken with it.
        if case .failure(let failure) = answer, MySQLCode.interrupted.contains(failure.code), loss == nil {
            answer = await runText("DO 0")
        }
        guard case .failure(let failure) = answer else { return }
        breakSession(.ended)
        throw error(failure)
    }
}
#endif

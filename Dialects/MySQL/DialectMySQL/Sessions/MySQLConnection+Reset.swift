#if MySQL
internal import CLibMariaDB
internal import DialectCore

extension MySQLConnection {
    /// Whether a reset would find nothing to do.
    var hasNothingToReset: Bool {
        guard let session, loss == nil, cursor == nil, bulkInsert == nil else { return false }
        return transaction.isNone && !session.isInTransaction && !hasChangedSession
    }

    /// Closes the cursor, rolls back, and undoes what a statement has changed in the session.
    ///
    /// The server can make a session new, but then it forgets the prepared statements too, so that is for sessions in which
    /// a statement may have left something; the others cost a round trip at most.
    func reset() async throws(DatabaseError) {
        try await uncancelledCall { () throws(DatabaseError) in
            await closeCursor()
            bulkInsert = nil
            let session = try openSession()
            transaction = .none
            guard hasChangedSession else {
                if session.isInTransaction { try await command("ROLLBACK") }
                return
            }
            let forgotten = statements.removeAll()
            var code: CInt = 0
            await run {
                mysql_reset_connection_start(&code, session.handle)
            } _: {
                mysql_reset_connection_cont(&code, session.handle, $0)
            }
            let failure = session.failure
            for statement in forgotten { await close(statement) }
            guard code == 0 else { throw error(failure) }
            try await command(MySQLOpening.setUp)
            for sql in options.initCommands { try await command(sql) }
            hasChangedSession = false
        }
    }
}
#endif

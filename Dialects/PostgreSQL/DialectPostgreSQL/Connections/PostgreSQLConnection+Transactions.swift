#if PostgreSQL
internal import CLibPQ
internal import DialectCore

extension PostgreSQLConnection {
    // https://www.postgresql.org/docs/current/transaction-iso.html
    private static let isolationLevels: Set<IsolationLevel> = [
        .readUncommitted, .readCommitted, .repeatableRead, .serializable,
    ]

    nonisolated func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        let sql = try Self.begin(options)
        _ = try await PostgreSQLDirectRun(.begin(sql), .cancellable, on: self).result()
    }

    func beginInTurn(_ sql: String) async throws(DatabaseError) {
        guard try living().transactionStatus == PQTRANS_IDLE else {
            throw DatabaseError(
                .invalidTransactionState,
                "The connection is inside a transaction already; use a savepoint."
            )
        }
        try await command(sql)
    }

    private static func begin(_ options: TransactionOptions) throws(DatabaseError) -> String {
        var sql = "BEGIN"
        if let level = options.isolationLevel {
            guard isolationLevels.contains(level) else {
                throw DatabaseError(
                    .unsupportedFeature,
                    "PostgreSQL has no isolation level '\(level)'; it has \(isolationLevels.map(\.name).sorted())."
                )
            }
            sql += " ISOLATION LEVEL \(level.name)"
        }
        // READ WRITE is not said: a server in recovery would refuse even that.
        if options.accessMode == .readOnly { sql += " READ ONLY" }
        return sql
    }

    nonisolated func commit() async throws(DatabaseError) {
        _ = try await PostgreSQLDirectRun(.commit, .shielded, on: self).result()
    }

    func commitInTurn() async throws(DatabaseError) {
        guard try living().transactionStatus != PQTRANS_IDLE else {
            throw DatabaseError(.invalidTransactionState, "There is no transaction to commit.")
        }
        let tag: String
        do throws(DatabaseError) {
            tag = try await command("COMMIT")
        } catch {
            throw error.ofSentCommit
        }
        guard tag == "COMMIT" else { throw .rolledBackInstead }
    }

    func rollBack() async throws(DatabaseError) {
        try await perform(.shielded) { () async throws(DatabaseError) in
            try await self.endOpenWork()
            try await self.rollBackIfNeeded()
        }
    }

    private func rollBackIfNeeded() async throws(DatabaseError) {
        guard try living().transactionStatus != PQTRANS_IDLE else { return }
        try await command("ROLLBACK")
    }

    func savepoint(_ action: SavepointAction) async throws(DatabaseError) {
        let dialect = PostgreSQLDialect()
        let (kind, sql): (PostgreSQLCall.Kind, String) =
            switch action {
            case .set(let name): (.cancellable, "SAVEPOINT \(dialect.quote(name))")
            // The other two clean up, also when the task is cancelled.
            case .release(let name): (.shielded, "RELEASE SAVEPOINT \(dialect.quote(name))")
            case .rollBack(let name): (.shielded, "ROLLBACK TO SAVEPOINT \(dialect.quote(name))")
            }
        try await perform(kind) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            guard try self.living().transactionStatus != PQTRANS_IDLE else {
                throw DatabaseError(
                    .invalidTransactionState,
                    "A savepoint needs a transaction around it; begin one first."
                )
            }
            try await self.command(sql)
        }
    }

    /// Ends what is open, rolls back, and undoes what statements have changed in the session.
    ///
    /// Without an open transaction and a change there is no round trip. A change is noticed by the statement's own words
    /// (SET, LISTEN, PREPARE, DO, CALL, temporary tables, `set_config`, the advisory locks of sessions) and by the
    /// settings that the server reports, such as the time zone. Not noticed is what a function of the schema does inside:
    /// one that calls `set_config` for a setting that is not reported, or that takes a lock of the session. After a noticed
    /// change the session is discarded as a whole, its prepared statements with it.
    func reset() async throws(DatabaseError) {
        try await perform(.shielded) { () async throws(DatabaseError) in
            try await self.endOpenWork()
            try await self.rollBackIfNeeded()
            try await self.discardChanges()
        }
    }

    /// Whether a reset would find nothing to do.
    var hasNothingToReset: Bool {
        guard let link, link.transactionStatus == PQTRANS_IDLE, cursor == nil, copy == nil else { return false }
        return notifications.isEmpty && !hasChanges(link)
    }

    private func hasChanges(_ link: PostgreSQLLink) -> Bool {
        // What a pooler's session was left with is for its own next transaction, perhaps of somebody else.
        !isPooled && (hasChangedSession || !hasFirstSettings(link))
    }

    private func discardChanges() async throws(DatabaseError) {
        notifications = []
        guard hasChanges(try living()) else { return }
        try await command("DISCARD ALL")
        statements.removeAll()
        hasChangedSession = false
    }

    private static let reportedSettings: [StaticString] = [
        "TimeZone", "DateStyle", "application_name", "client_encoding", "default_transaction_read_only",
        "session_authorization", "search_path",
    ]

    /// Remembers the settings that the server reports; older ones do not report all.
    func keepFirstSettings(_ link: PostgreSQLLink) {
        firstSettings = Self.reportedSettings.compactMap { name in
            link.parameter("\(name)").map { (name: name, value: Array($0.utf8CString)) }
        }
    }

    private func hasFirstSettings(_ link: PostgreSQLLink) -> Bool {
        firstSettings.allSatisfy { link.parameter($0.name, equals: $0.value) }
    }
}

extension DatabaseError {
    static let rolledBackInstead = DatabaseError(
        .invalidTransactionState,
        "A statement of the transaction failed, so the server rolled it back instead of committing it."
    )

    /// The error as it is for a COMMIT that was sent: when the session ended before the answer, nobody knows the outcome.
    var ofSentCommit: DatabaseError {
        guard code == .connectionLost || code == .connectionClosed else { return self }
        var error = self
        error.code = .commitOutcomeUnknown
        error.message =
            "The connection broke between COMMIT and its answer, so the transaction may or may not be there; look before "
            + "running it again."
        error.underlying = self
        return error
    }
}
#endif

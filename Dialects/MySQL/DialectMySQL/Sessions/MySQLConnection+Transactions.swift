#if MySQL
internal import CLibMariaDB
internal import DialectCore
internal import Logging

extension MySQLConnection {
    private static let isolationLevels: Set<IsolationLevel> = [
        .readUncommitted, .readCommitted, .repeatableRead, .serializable,
    ]

    func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        if let level = options.isolationLevel, !Self.isolationLevels.contains(level) {
            throw DatabaseError(
                .unsupportedFeature,
                "MySQL and MariaDB have no isolation level '\(level)'; use one of the SQL standard's four."
            )
        }
        try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try transaction.refuseWhenLost()
            guard transaction.isNone, try !openSession().isInTransaction else {
                throw DatabaseError(
                    .invalidTransactionState,
                    "The connection is inside a transaction already; use a savepoint."
                )
            }
            try await beginTransaction(options)
        }
    }

    func beginTransaction(_ options: TransactionOptions) async throws(DatabaseError) {
        if let level = options.isolationLevel {
            // For the next transaction only. Should that not begin, a reset takes the level back.
            let hadChangedSession = hasChangedSession
            hasChangedSession = true
            try await command("SET TRANSACTION ISOLATION LEVEL \(level.name)")
            try await startTransaction(options)
            hasChangedSession = hadChangedSession
        } else {
            try await startTransaction(options)
        }
        transaction = .open(options, hasCommittedPart: false)
    }

    private func startTransaction(_ options: TransactionOptions) async throws(DatabaseError) {
        try await command(options.accessMode == .readOnly ? "START TRANSACTION READ ONLY" : "START TRANSACTION")
    }

    func commit() async throws(DatabaseError) {
        try await uncancelledCall { () throws(DatabaseError) in
            try requireNoCursor()
            try await commitTransaction()
        }
    }

    func commitTransaction() async throws(DatabaseError) {
        switch transaction {
        case .none:
            throw DatabaseError(.invalidTransactionState, "There is no transaction to commit.")
        case .lost(let cause):
            transaction = .none
            throw DatabaseError(
                cause.code,
                "The server rolled the transaction back at an earlier error, so there is nothing to commit. "
                    + cause.message,
                underlying: cause
            )
        case .open: break
        }
        do throws(DatabaseError) {
            try await command("COMMIT")
            transaction = .none
        } catch {
            throw await commitError(error)
        }
    }

    private func commitError(_ error: DatabaseError) async -> DatabaseError {
        var error = error
        if loss == nil, error.code != .cancelled, error.code != .statementTimeout {
            // A transaction that is still open can be rolled back; else the server has done that.
            try? await askForStatus()
            if loss == nil {
                if session?.isInTransaction != true { transaction = .none }
                return error
            }
        }
        error.code = .commitOutcomeUnknown
        error.message =
            "The answer to COMMIT did not arrive, so the transaction may or may not be there; look before running it "
            + "again. \(error.message)"
        transaction = .none
        breakSession(.ended)
        return error
    }

    func rollBack() async throws(DatabaseError) {
        try await uncancelledCall { () throws(DatabaseError) in
            await closeCursor()
            bulkInsert = nil
            _ = try openSession()
            try await rollBackTransaction()
        }
    }

    /// - Throws: `DatabaseError` with code `invalidTransactionState` when part of the work was committed by a statement.
    func rollBackTransaction() async throws(DatabaseError) {
        let state = transaction
        transaction = .none
        if try openSession().isInTransaction { try await command("ROLLBACK") }
        guard case .open(_, hasCommittedPart: true) = state else { return }
        throw DatabaseError(
            .invalidTransactionState,
            "The transaction was rolled back, but only from the last statement on that commits by itself, such as CREATE "
                + "TABLE; what came before stays."
        )
    }

    func savepoint(_ action: SavepointAction) async throws(DatabaseError) {
        switch action {
        case .set(let name):
            try await call { () throws(DatabaseError) in
                try await savepoint("SAVEPOINT \(dialect.quote(name))")
            }
        // The other two clean up, also when the task is cancelled.
        case .release(let name):
            try await uncancelledCall { () throws(DatabaseError) in
                try await savepoint("RELEASE SAVEPOINT \(dialect.quote(name))")
            }
        case .rollBack(let name):
            try await uncancelledCall { () throws(DatabaseError) in
                try await savepoint("ROLLBACK TO SAVEPOINT \(dialect.quote(name))")
            }
        }
    }

    private func savepoint(_ sql: String) async throws(DatabaseError) {
        try requireNoCursor()
        try transaction.refuseWhenLost()
        guard !transaction.isNone else {
            throw DatabaseError(.invalidTransactionState, "A savepoint needs a transaction around it; begin one first.")
        }
        try await command(sql)
    }

    /// Notices when a statement ended the transaction, for which the server's own word counts.
    ///
    /// After a statement that committed, the transaction goes on in a new one, as the server's own mode without autocommit
    /// has it: what follows can at least be undone together.
    func noteTransaction(after text: MySQLStatementText) async throws(DatabaseError) {
        guard case .open(let options, _) = transaction, let session else { return }
        if session.isInTransaction {
            // BEGIN inside a transaction commits it first.
            if text.verb == "BEGIN" || text.verb == "START" { transaction = .open(options, hasCommittedPart: true) }
            return
        }
        if text.isRollBack {
            transaction = .lost(DatabaseError(.invalidTransactionState, "A statement rolled the transaction back."))
            return
        }
        logger.debug("A statement committed the transaction around it", metadata: ["statement": "\(text.verb)"])
        do throws(DatabaseError) {
            try await startTransaction(options)
            transaction = .open(options, hasCommittedPart: true)
        } catch {
            // What came next would be committed by itself.
            transaction = .lost(error)
            throw error
        }
    }

    /// The server does not say in an error whether the transaction is still there, so it is asked.
    func noteTransaction(after text: MySQLStatementText, failedWith error: DatabaseError) async {
        guard case .open(let options, _) = transaction, loss == nil else { return }
        try? await askForStatus()
        guard loss == nil, let session, !session.isInTransaction else { return }
        guard text.commitsImplicitly, !Self.rollsBack(error.code) else {
            transaction = .lost(error)
            return
        }
        // It committed before it failed.
        transaction = .open(options, hasCommittedPart: true)
        if case .failure = await runText("START TRANSACTION"), loss == nil { breakSession(.ended) }
    }

    private static func rollsBack(_ code: DatabaseError.Code) -> Bool {
        code == .deadlock || code == .lockTimeout || code == .serializationFailure
    }
}
#endif

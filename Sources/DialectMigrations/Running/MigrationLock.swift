internal import DialectCore

/// How one migrator at a time is let in, and with it whether a failed migration leaves nothing behind.
///
/// There is one lock for a database, whatever chains its migrators run.
enum MigrationLock: Sendable {
    /// A transaction that excludes every other writer; everything runs in it.
    case exclusiveTransaction
    /// A named lock of a transaction; everything runs in that transaction.
    case transaction(any AdvisoryLocking)
    /// A named lock of the session; each step runs by itself, because the database commits schema operations at once or
    /// cannot do one of them inside a transaction.
    case session(any AdvisoryLocking)

    /// The lock's name, the same in every version, so that they exclude each other.
    static let name = "schema migration"

    /// Takes the first that the dialect has and that suits the plans, if there are any.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` when it has none.
    init(_ dialect: any Dialect, _ connection: any Connection, for plans: [MigrationPlan]) throws(DatabaseError) {
        let features = dialect.features
        if features.isSuperset(of: [.concurrentIndexes, .sessionLocks]), plans.contains(where: \.isConcurrent) {
            self = .session(try Self.locking(connection, dialect))
        } else if features.isSuperset(of: [.exclusiveWriteTransactions, .transactionalDDL]) {
            self = .exclusiveTransaction
        } else if features.isSuperset(of: [.transactionLocks, .transactionalDDL]) {
            self = .transaction(try Self.locking(connection, dialect))
        } else if features.contains(.sessionLocks) {
            self = .session(try Self.locking(connection, dialect))
        } else {
            throw DatabaseError(
                .unsupportedFeature,
                "The dialect '\(type(of: dialect).name)' declares neither transactionalDDL with "
                    + "exclusiveWriteTransactions or transactionLocks, nor sessionLocks: two migrators could run at once. "
                    + "Nothing was run. Use a database whose dialect declares them."
            )
        }
    }

    private static func locking(
        _ connection: any Connection,
        _ dialect: any Dialect
    ) throws(DatabaseError) -> any AdvisoryLocking {
        if let locking = connection as? any AdvisoryLocking { return locking }
        throw DatabaseError(
            .unsupportedFeature,
            "The dialect '\(type(of: dialect).name)' declares locks, but the connection does not conform to "
                + "AdvisoryLocking. Nothing was run. Hand the dialect's own connection, or the engine's, to the migrator."
        )
    }
}

extension MigrationPlan {
    /// Whether a step makes or drops an index while others write.
    fileprivate var isConcurrent: Bool {
        steps.flatMap(\.operations).contains { $0.schema?.isConcurrent == true }
    }
}

extension MigrationLock {
    /// Makes one attempt to be let in: begins the transaction, or takes the session's lock.
    ///
    /// The server takes the lock back when it hears nothing for the time of the lease.
    ///
    /// - Throws: `DatabaseError`, with code `lockTimeout` and nothing begun while another migrator is at work.
    func attempt(on connection: any Connection, lease: Duration) async throws(DatabaseError) {
        switch self {
        case .exclusiveTransaction:
            try await connection.begin(.readWrite)
        case .transaction(let locking):
            // At a higher level the statement that takes the lock would also fix what the transaction sees, a moment
            // before the migrator that had the lock has committed.
            try await connection.begin(TransactionOptions(isolationLevel: .readCommitted))
            do throws(DatabaseError) {
                guard try await locking.tryLock(Self.name, for: .transaction) else { throw Self.isTaken }
                try await locking.limitSilence(to: lease, for: .transaction)
            } catch {
                // The lock's error says more than that of a rollback, which only a broken session has.
                do { try await connection.rollBack() } catch {}
                throw error
            }
        case .session(let locking):
            guard try await locking.tryLock(Self.name, for: .session) else { throw Self.isTaken }
            do throws(DatabaseError) {
                try await locking.limitSilence(to: lease, for: .session)
            } catch {
                // The lock goes with the session's reset if it cannot be given back.
                do { try await release() } catch {}
                throw error
            }
        }
    }

    /// Who has the lock, in words for an error.
    func holder() async -> String {
        switch self {
        case .exclusiveTransaction:
            return "The database does not tell which process that is: look for programs that have it open."
        case .transaction(let locking), .session(let locking):
            do {
                guard let holder = try await locking.holder(of: Self.name) else {
                    return "The lock has become free since."
                }
                return "It is held by \(holder)."
            } catch {
                return "The database does not tell by whom (\(error))."
            }
        }
    }

    /// Gives a session's lock back, even in a cancelled task; a transaction's lock goes with its transaction.
    ///
    /// - Throws: `DatabaseError`; the lock is then held until the session is reset or ends.
    func release() async throws(DatabaseError) {
        guard case .session(let locking) = self else { return }
        // A task of its own, which nobody cancels.
        let outcome = await Task(executorPreference: locking.preferredExecutor) { () -> Result<Void, DatabaseError> in
            do throws(DatabaseError) {
                try await locking.limitSilence(to: nil, for: .session)
                try await locking.unlock(Self.name)
                return .success(())
            } catch {
                return .failure(error)
            }
        }.value
        try outcome.get()
    }

    private static let isTaken = DatabaseError(.lockTimeout, "Another migrator has the migration lock.")
}

/// A connection with locks that belong to no row or table: a name is all that ties their users together.
///
/// Names are compared as they are; equal names in different databases of a server are different locks. A dialect
/// declares which lifetimes it has with the features `sessionLocks` and `transactionLocks`.
public protocol AdvisoryLocking: Connection {
    /// Takes a lock if no other session has it, without waiting, and returns whether it is taken.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` for a lifetime that the dialect does not declare, and
    ///   `invalidTransactionState` for a transaction's lock outside a transaction.
    func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool

    /// Gives a session's lock back.
    ///
    /// A lock that was taken twice is given back twice. `reset()` gives back all.
    ///
    /// - Throws: `DatabaseError`, with code `invalidTransactionState` when the session does not have the lock.
    func unlock(_ name: String) async throws(DatabaseError)

    /// Describes the session that has a lock, for the error of one that waits in vain; nil when no session has it.
    ///
    /// In words that continue "held by": the session's number on the server, its user, program and address, since when it
    /// is there and what it does, as far as the database shows them to this user. No default is provided.
    ///
    /// - Throws: `DatabaseError` when the database cannot be asked.
    func holder(of name: String) async throws(DatabaseError) -> String?

    /// Has the server end the session when it hears nothing of it for some time, so that a program which stands still loses
    /// its locks, and can write nothing when it goes on.
    ///
    /// A statement that runs on the server is no silence. The limit, at least one second, is for the transaction under way
    /// or for the session until its reset, as the lifetime says; nil takes it back. No default is provided.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` for a lifetime that the dialect does not declare.
    func limitSilence(to limit: Duration?, for lifetime: LockLifetime) async throws(DatabaseError)
}

/// How long an advisory lock is held.
public enum LockLifetime: Sendable, Hashable {
    /// Until it is given back or the session ends.
    case session
    /// Until the transaction ends.
    case transaction
}

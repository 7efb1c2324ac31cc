/// One open session with a database.
///
/// One task uses a connection at a time; the engine's pool sees to that. An implementer must make sure that cancelling
/// the calling task ends the running call within a second with the error code `cancelled`, ends the work on the database
/// too, and never touches a later call. `commit`, `rollBack`, `reset` and `close` are not cancelled: they clean up.
/// What only some databases can do is in capability protocols, such as `RowStreaming`.
public protocol Connection: AnyObject, Sendable {
    /// The executor on which the connection's calls run without changing threads, or nil.
    ///
    /// The engine runs the bodies of `withConnection` and `withTransaction` preferring it.
    var preferredExecutor: (any TaskExecutor)? { get }

    /// Whether the session is already known to be gone, so that it need not be tried.
    ///
    /// The pool asks before it hands out a connection that was idle: a server that ended it has said so by then. It must
    /// be answered at once, from any thread and without a round trip; false where nothing is known.
    var isLost: Bool { get }

    /// Whether `reset()` is known to have nothing to do, so that it need not be called.
    ///
    /// The pool asks when a connection comes back. It must be answered at once, from any thread, while no call runs; false
    /// where nothing is known.
    var isClean: Bool { get }

    /// Runs one statement and buffers its rows.
    ///
    /// - Throws: `DatabaseError`. A constraint, type or syntax error leaves the session usable.
    @discardableResult
    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult

    /// Begins a transaction.
    ///
    /// - Throws: `DatabaseError` with code `invalidTransactionState` inside a transaction, `unsupportedFeature` for an
    ///   isolation level that the database does not have, and `lockTimeout` where a begin waits for a lock.
    func begin(_ options: TransactionOptions) async throws(DatabaseError)

    /// Commits the transaction.
    ///
    /// - Throws: `DatabaseError`. With code `commitOutcomeUnknown` the work may be there; with any other it is not.
    func commit() async throws(DatabaseError)

    /// Rolls the transaction back.
    ///
    /// Does nothing when the database has already ended it.
    ///
    /// - Throws: `DatabaseError` when the session is broken; the transaction is then gone as well.
    func rollBack() async throws(DatabaseError)

    /// Sets, releases or rolls back to a savepoint inside a transaction.
    ///
    /// - Throws: `DatabaseError` with code `invalidTransactionState` outside a transaction.
    func savepoint(_ action: SavepointAction) async throws(DatabaseError)

    /// Tests whether the session still works, with one round trip where there is a server.
    ///
    /// - Throws: `DatabaseError` when it does not.
    func ping() async throws(DatabaseError)

    /// Makes the session as good as new for the next user: no open transaction, no changed setting.
    ///
    /// - Throws: `DatabaseError` when that is not possible; the connection is then closed instead of reused.
    func reset() async throws(DatabaseError)

    /// Closes the session.
    ///
    /// Safe to call twice, and while another call is suspended, which then fails.
    func close() async
}

public import DialectCore
internal import Locking

/// A connection that was checked out of an engine's pool.
///
/// It is a `Connection` for as long as the closure runs that received it. Afterwards every call fails with code
/// `connectionClosed`, because the session may be somebody else's by then.
public final class PooledConnection: Sendable {
    private struct State {
        var isLeased = true
        var callsUnderWay = 0
        /// Set by the first error after which the session cannot be used any more.
        var condition = CheckInCondition.dirty
        /// How many transactions and savepoints are open.
        var depth = 0
        /// Whether work that had to be undone may still be there, so that the transaction must not be committed.
        var mustRollBack = false
    }

    private let connection: any Connection
    private let state = Locked(State())

    init(_ connection: any Connection) { self.connection = connection }

    /// Ends the lease, and says in what condition the connection comes back.
    ///
    /// A call that is still under way was left behind by a task that outlived the closure: the session is not reused.
    func endLease() -> CheckInCondition {
        let condition = state.withLock { state -> CheckInCondition in
            state.isLeased = false
            return state.callsUnderWay > 0 ? .invalid : state.condition
        }
        return condition == .dirty && connection.isClean ? .clean : condition
    }

    private func beginCall() -> Bool {
        state.withLock { state in
            if state.isLeased { state.callsUnderWay += 1 }
            return state.isLeased
        }
    }

    private func endCall() { state.withLock { $0.callsUnderWay -= 1 } }

    /// Makes a call that cannot fail, unless the lease is over.
    func callUnlessOver(_ body: (any Connection) async -> Void) async {
        guard beginCall() else { return }
        defer { endCall() }
        await body(connection)
    }

    /// Makes a call unless the lease is over, and notes when it shows that the session is gone.
    func call<Result>(
        _ body: (any Connection) async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        guard beginCall() else { throw .leaseIsOver }
        defer { endCall() }
        do {
            return try await body(connection)
        } catch {
            note(error)
            throw error
        }
    }

    private func note(_ error: DatabaseError) {
        state.withLock { $0.condition = $0.condition.after(error) }
    }

    /// Whether a call has shown that the session is gone, and its transaction with it.
    var isKnownLost: Bool { state.withLock { $0.condition == .lost } }

    /// Whether work that had to be undone may still be there.
    var mustRollBack: Bool { state.withLock { $0.mustRollBack } }

    /// Notes the end of an undoing.
    ///
    /// What a savepoint could not undo, the level around it must; what a transaction could not, the end of the session.
    func undoEnded(isNested: Bool, succeeded: Bool) {
        state.withLock { state in
            state.mustRollBack = isNested && !succeeded
            if !isNested, !succeeded, state.condition == .dirty { state.condition = .invalid }
        }
    }

    /// Notes that a transaction or savepoint is opened or closed; returns how many are open around it.
    func changeDepth(by change: Int) -> Int {
        state.withLock { state in
            defer { state.depth += change }
            return min(state.depth, state.depth + change)
        }
    }
}

extension PooledConnection: Connection {
    /// The executor of the session, or nil.
    public var preferredExecutor: (any TaskExecutor)? { connection.preferredExecutor }

    /// Whether the session is known to be gone.
    public var isLost: Bool { isKnownLost || connection.isLost }

    /// Whether the session is known to be as good as new.
    public var isClean: Bool { connection.isClean }

    /// Runs one statement and buffers its rows.
    ///
    /// - Throws: `DatabaseError`, with code `connectionClosed` after the closure that received the connection.
    @discardableResult
    public func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        // As `call` does, without its closure and its generic result: most calls are this one.
        guard beginCall() else { throw .leaseIsOver }
        defer { endCall() }
        do {
            return try await connection.execute(statement)
        } catch {
            note(error)
            throw error
        }
    }

    /// Begins a transaction; `withTransaction` is the scoped form.
    ///
    /// - Throws: `DatabaseError`; see `Connection`.
    public func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        try await call { connection throws(DatabaseError) in try await connection.begin(options) }
    }

    /// Commits the transaction.
    ///
    /// - Throws: `DatabaseError`; see `Connection`.
    public func commit() async throws(DatabaseError) {
        try await call { connection throws(DatabaseError) in try await connection.commit() }
    }

    /// Rolls the transaction back.
    ///
    /// - Throws: `DatabaseError`; see `Connection`.
    public func rollBack() async throws(DatabaseError) {
        try await call { connection throws(DatabaseError) in try await connection.rollBack() }
    }

    /// Sets, releases or rolls back to a savepoint.
    ///
    /// - Throws: `DatabaseError`; see `Connection`.
    public func savepoint(_ action: SavepointAction) async throws(DatabaseError) {
        try await call { connection throws(DatabaseError) in try await connection.savepoint(action) }
    }

    /// Tests whether the session still works.
    ///
    /// - Throws: `DatabaseError` when it does not.
    public func ping() async throws(DatabaseError) {
        try await call { connection throws(DatabaseError) in try await connection.ping() }
    }

    /// Makes the session as good as new.
    ///
    /// - Throws: `DatabaseError` when that is not possible.
    public func reset() async throws(DatabaseError) {
        try await call { connection throws(DatabaseError) in try await connection.reset() }
    }

    /// Closes the session; the pool opens another in its place.
    ///
    /// Does nothing after the closure that received the connection.
    public func close() async {
        await callUnlessOver { connection in
            state.withLock { state in
                if state.condition != .lost { state.condition = .invalid }
            }
            await connection.close()
        }
    }
}

extension PooledConnection: DialectRefining {
    /// The dialect as it suits the session's server; nil when the dialect does not refine itself.
    public var refinedDialect: (any Dialect)? { (connection as? any DialectRefining)?.refinedDialect }
}

extension CheckInCondition {
    /// The condition after one more error.
    func after(_ error: DatabaseError) -> CheckInCondition {
        switch error.code {
        case .connectionLost, .commitOutcomeUnknown: .lost
        case .connectionClosed: self == .lost ? .lost : .invalid
        default: self
        }
    }
}

extension DatabaseError {
    static let leaseIsOver = DatabaseError(
        .connectionClosed,
        "The connection was used after the closure that received it; check one out again."
    )
}

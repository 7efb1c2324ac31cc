public import DialectCore

/// A connection that was checked out of an engine's pool.
///
/// It is a `Connection` for as long as the closure runs that received it. Afterwards every call fails with code
/// `connectionClosed`, because the session may be somebody else's by then.
public final class PooledConnection: Sendable {
    private let session: PooledSession
    private let lease: UInt64

    init(_ session: PooledSession, lease: UInt64) {
        self.session = session
        self.lease = lease
    }

    private var connection: any Connection { session.connection }

    private func beginCall(_ statement: Statement? = nil) -> Bool {
        let begun: Void? = session.update(lease) { lease in
            lease.callsUnderWay += 1
            if let statement { lease.holder?.lastStatement = statement }
        }
        return begun != nil
    }

    private func endCall() { session.endCall(of: lease) }

    /// Makes a call that cannot fail, unless the lease is over.
    func callUnlessOver(_ body: (any Connection) async -> Void) async {
        guard beginCall() else { return }
        defer { endCall() }
        await body(connection)
    }

    /// Makes a call unless the lease is over, and notes when it shows that the session is gone.
    func call<Result>(
        _ statement: Statement? = nil,
        _ body: (any Connection) async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        guard beginCall(statement) else { throw .leaseIsOver }
        defer { endCall() }
        do throws(DatabaseError) {
            guard let statement, let tracing = session.tracing else { return try await body(connection) }
            return try await tracing.statement(statement) { () throws(DatabaseError) in try await body(connection) }
        } catch {
            note(error)
            throw error
        }
    }

    private func note(_ error: DatabaseError) {
        session.update(lease) { $0.condition = $0.condition.after(error) }
    }

    /// Whether a call has shown that the session is gone, and its transaction with it.
    var isKnownLost: Bool { session.update(lease) { $0.condition == .lost } ?? false }

    /// Whether work that had to be undone may still be there.
    var mustRollBack: Bool { session.update(lease) { $0.mustRollBack } ?? false }

    /// Notes the end of an undoing.
    ///
    /// What a savepoint could not undo, the level around it must; what a transaction could not, the end of the session.
    func undoEnded(isNested: Bool, succeeded: Bool) {
        session.update(lease) { lease in
            lease.mustRollBack = isNested && !succeeded
            if !isNested, !succeeded, lease.condition == .dirty { lease.condition = .invalid }
        }
    }

    /// Notes that a transaction or savepoint is opened or closed; returns how many are open around it.
    func changeDepth(by change: Int) -> Int {
        session.update(lease) { lease in
            defer { lease.depth += change }
            return min(lease.depth, lease.depth + change)
        } ?? 0
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
        guard beginCall(statement) else { throw .leaseIsOver }
        defer { endCall() }
        do throws(DatabaseError) {
            guard let tracing = session.tracing else { return try await connection.execute(statement) }
            return try await tracing.statement(statement) { () throws(DatabaseError) in
                try await connection.execute(statement)
            }
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
            session.update(lease) { lease in
                if lease.condition != .lost { lease.condition = .invalid }
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

import DialectCore

/// A session with a `MockDatabase` that notes its calls and lets a test interfere with them.
actor MockConnection: AdvisoryLocking {
    /// What a test does before a call, or instead of it by throwing.
    struct Interference: Sendable {
        /// Called with the number of the attempt, from 1.
        var begin: @Sendable (Int) async throws(DatabaseError) -> Void = { _ in }
        /// Called with the number of the statement in its transaction, from 1, or 0 outside one.
        var execute: @Sendable (Int) async throws(DatabaseError) -> Void = { _ in }
        /// Called with the number of the statement of the session, from 1.
        var statement: @Sendable (Int) async throws(DatabaseError) -> Void = { _ in }
        /// Called with the text of the statement.
        var text: @Sendable (String) async throws(DatabaseError) -> Void = { _ in }
        /// Called with the number of the attempt to take a lock, from 1; false says that another session has it.
        var tryLock: @Sendable (Int) async throws(DatabaseError) -> Bool = { _ in true }
        var unlock: @Sendable () async throws(DatabaseError) -> Void = {}
        /// Changes the number of affected rows of a statement that does something to a row.
        var affectedRows: @Sendable (Int) -> Int = { $0 }
        var commit: @Sendable () async throws(DatabaseError) -> Void = {}
        var rollBack: @Sendable () throws(DatabaseError) -> Void = {}
    }

    nonisolated let preferredExecutor: (any TaskExecutor)? = nil
    nonisolated let isLost = false
    nonisolated let isClean = false
    /// The calls, and the statements with their parameters.
    private(set) var calls: [String] = []
    /// The last call that is not one for rows.
    var lastChange: String? { calls.last { !$0.hasPrefix("SELECT") } }
    private let database: MockDatabase
    private let interference: Interference
    private var attempts = 0
    private var statements = 0
    private var allStatements = 0
    private var lockAttempts = 0
    private var isInTransaction = false
    private var me: ObjectIdentifier { ObjectIdentifier(self) }

    init(_ database: MockDatabase, _ interference: Interference = Interference()) {
        self.database = database
        self.interference = interference
    }

    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        let parameters = statement.parameters.map { if case .text(let text) = $0 { text } else { "\($0)" } }
        let sql = try statement.sql(for: MockDialect())
        calls.append(([sql] + parameters).joined(separator: " | "))
        statements += isInTransaction ? 1 : 0
        try Self.checkCancellation()
        allStatements += 1
        try await interference.execute(isInTransaction ? statements : 0)
        try await interference.statement(allStatements)
        try await interference.text(sql)
        var result = try await database.execute(statement, for: me)
        if result.affectedRows > 0 { result.affectedRows = interference.affectedRows(result.affectedRows) }
        return result
    }

    func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        calls.append(options == .readWrite ? "BEGIN" : "BEGIN \(options)")
        attempts += 1
        try Self.checkCancellation()
        try await interference.begin(attempts)
        await database.begin(me)
        isInTransaction = true
        statements = 0
    }

    func commit() async throws(DatabaseError) {
        calls.append("COMMIT")
        try await interference.commit()
        try await database.commit(me)
        isInTransaction = false
    }

    func rollBack() async throws(DatabaseError) {
        calls.append("ROLLBACK")
        await database.rollBack(me)
        isInTransaction = false
        try interference.rollBack()
    }

    func tryLock(_ name: String, for lifetime: LockLifetime) async throws(DatabaseError) -> Bool {
        calls.append("LOCK \(lifetime) | \(name)")
        lockAttempts += 1
        try Self.checkCancellation()
        guard try await interference.tryLock(lockAttempts) else { return false }
        return await database.lock(name, me)
    }

    func unlock(_ name: String) async throws(DatabaseError) {
        calls.append("UNLOCK | \(name)")
        try Self.checkCancellation()
        try await interference.unlock()
        await database.unlock(name, me)
    }

    func holder(of name: String) async -> String? { await database.isLocked ? "another session" : nil }

    func limitSilence(to limit: Duration?, for lifetime: LockLifetime) {
        calls.append("LEASE \(lifetime) | \(limit.map { "\($0)" } ?? "none")")
    }

    func savepoint(_ action: SavepointAction) { calls.append("\(action)") }
    func ping() { calls.append("PING") }
    func reset() { calls.append("RESET") }
    func close() { calls.append("CLOSE") }

    private static func checkCancellation() throws(DatabaseError) {
        if Task.isCancelled { throw DatabaseError(.cancelled, "The statement was cancelled.") }
    }
}

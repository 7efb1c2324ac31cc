import DialectCore

// Unchecked: a class with a subclass cannot be checked, and every property is a constant whose type is Sendable.
/// A session with a `MockDatabase`.
///
/// It notes every misuse.
class MockConnection: RowStreaming, @unchecked Sendable {
    private struct State: Sendable {
        var isBusy = false
        var isOpen = true
        var isInTransaction = false
    }

    let number: Int
    let database: MockDatabase
    private let state = Guarded(State())

    init(number: Int, database: MockDatabase) {
        self.number = number
        self.database = database
    }

    var preferredExecutor: (any TaskExecutor)? { database.state.withLock { $0.executor } }

    var isLost: Bool { database.state.withLock { $0.lostConnections.contains(number) } }

    var isClean: Bool { false }

    func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await exclusively(.execute, "\(statement)")
        return StatementResult(rows: Self.rows(1), affectedRows: 1)
    }

    func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor {
        try await exclusively(.execute, "\(statement)")
        return MockCursor(connection: self)
    }

    func begin(_ options: TransactionOptions) async throws(DatabaseError) {
        guard !state.withLock({ $0.isInTransaction }) else {
            throw DatabaseError(.invalidTransactionState, "A transaction is open already.")
        }
        let level = options.isolationLevel.map { "\($0)" }
        let mode = options.accessMode == .readOnly ? "READ ONLY" : nil
        // The server may have begun although the caller was cancelled.
        setTransaction(true)
        try await exclusively(.begin, [level, mode].compactMap { $0 }.joined(separator: " "))
    }

    func commit() async throws(DatabaseError) {
        try await exclusively(.commit)
        setTransaction(false)
    }

    func rollBack() async throws(DatabaseError) {
        try await exclusively(.rollBack)
        setTransaction(false)
    }

    func savepoint(_ action: SavepointAction) async throws(DatabaseError) {
        guard state.withLock({ $0.isInTransaction }) else {
            throw DatabaseError(.invalidTransactionState, "No transaction is open.")
        }
        let argument =
            switch action {
            case .set(let name): "set \(name)"
            case .release(let name): "release \(name)"
            case .rollBack(let name): "rollBack \(name)"
            }
        try await exclusively(.savepoint, argument)
    }

    func ping() async throws(DatabaseError) { try await exclusively(.ping) }

    func reset() async throws(DatabaseError) {
        try await exclusively(.reset)
        setTransaction(false)
    }

    func close() async {
        try? await database.perform(.close, on: number)
        state.withLock { $0.isOpen = false }
        database.state.withLock { database in
            _ = database.openConnections.remove(number)
            _ = database.openTransactions.remove(number)
        }
    }

    func fetch() async throws(DatabaseError) -> Rows {
        try await exclusively(.fetch)
        return Self.rows(2)
    }

    private static func rows(_ count: Int) -> Rows {
        var builder = RowsBuilder(columns: ResultColumns([ResultColumn(name: "number")]))
        for number in 0..<count { builder.append(Int64(number)) }
        return builder.finish()
    }

    private func setTransaction(_ isOpen: Bool) {
        state.withLock { $0.isInTransaction = isOpen }
        database.state.withLock { database in
            if isOpen {
                database.openTransactions.insert(number)
            } else {
                database.openTransactions.remove(number)
            }
        }
    }

    /// Performs a call and notes when another runs on this connection at the same time, or when it is closed.
    private func exclusively(_ call: MockDatabase.Call, _ argument: String = "") async throws(DatabaseError) {
        let problem: String? = state.withLock { state in
            defer { state.isBusy = true }
            if state.isBusy { return "\(call) during another call" }
            return state.isOpen ? nil : "\(call) after the close"
        }
        if let problem { database.state.withLock { $0.violations.append("connection \(number): \(problem)") } }
        defer { state.withLock { $0.isBusy = false } }
        try await database.perform(call, on: number, argument)
    }
}

/// Gives two batches of two rows.
private final class MockCursor: RowCursor {
    private let connection: MockConnection
    private let batches = Guarded(2)

    init(connection: MockConnection) { self.connection = connection }

    func nextBatch(limit: Int) async throws(DatabaseError) -> Rows? {
        let hasMore = batches.withLock { batches in
            batches -= 1
            return batches >= 0
        }
        return hasMore ? try await connection.fetch() : nil
    }

    func close() async { batches.withLock { $0 = 0 } }
}

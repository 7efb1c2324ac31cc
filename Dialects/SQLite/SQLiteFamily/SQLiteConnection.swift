internal import DialectCore
internal import Logging
internal import Synchronization

/// One open database.
///
/// sqlite3 blocks while it works, so the actor runs on threads that are there for that. Where a call has to wait for a lock
/// it suspends instead. Calls run one after the other, in the order in which they came.
///
/// The right to write: a statement that writes runs only while the connection holds its file's writer slot, and the slot
/// is given back as soon as sqlite3 reports that no transaction is open. So the rule is the same for a single statement,
/// for `begin` and for a BEGIN that somebody typed.
actor SQLiteConnection: Connection {
    nonisolated let dialect: any Dialect
    nonisolated let options: SQLiteOptions
    nonisolated let preparation: SQLiteConnector.Preparation?
    nonisolated let interrupter = SQLiteInterrupter()
    nonisolated let logger: Logger
    nonisolated let executor: SQLiteSerialExecutor
    private nonisolated let onClose: @Sendable () -> Void

    /// The open database, nil after `close()`.
    var database: SQLiteDatabase?
    /// Which file it is, nil in memory.
    var file: FileIdentity?
    /// The writers of the file; nil in memory, where nobody else can write.
    var writers: WriterQueue?
    /// The right to write, while the connection has it.
    var slot: WriterQueue.Slot?
    /// The request for the slot that a call waits for.
    var ticket: WriterLine.Ticket?
    var transaction = SQLiteTransactionState.none
    var cursor: SQLiteOpenCursor?
    var lastCursor: UInt64 = 0
    var bulkInsert: SQLiteBulkInsert?
    var lastBulkInsert: UInt64 = 0
    /// Whether a statement left something in the session that the next user must not find.
    var hasChangedSession = false
    /// Whether the last call left nothing behind, for `isClean`.
    private nonisolated let leftNothing = Atomic(false)
    /// Whether the last call left a transaction open, for calls that run at once.
    private nonisolated let leftTransaction = Atomic(false)
    private(set) var isInCall = false
    private var callsInLine: [CheckedContinuation<Void, Never>] = []

    /// Makes a connection that is to be opened; `onClose` is called once, when it is closed.
    init(
        dialect: any Dialect,
        options: SQLiteOptions,
        preparation: SQLiteConnector.Preparation?,
        executor: SQLiteSerialExecutor,
        logger: Logger,
        onClose: @escaping @Sendable () -> Void = {}
    ) {
        self.dialect = dialect
        self.options = options
        self.preparation = preparation
        self.executor = executor
        self.logger = logger
        self.onClose = onClose
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated var preferredExecutor: (any TaskExecutor)? { SQLiteTaskExecutor.shared }

    nonisolated var isClean: Bool { leftNothing.load(ordering: .relaxed) }

    /// Whether a transaction is open, unless a call runs.
    nonisolated var isInTransaction: Bool { leftTransaction.load(ordering: .relaxed) }

    // There is no server that could end the session.
    nonisolated var isLost: Bool { false }

    func executeInTurn(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        await enter()
        defer { leave() }
        guard let prepared = try await prepare(statement) else { return StatementResult() }
        let (rows, _) = try await advance(prepared, limit: .max)
        let affectedRows = prepared.countsRows ? database?.changes ?? 0 : 0
        settle(prepared)
        return StatementResult(rows: rows, affectedRows: affectedRows)
    }

    func ping() async throws(DatabaseError) {
        await enter()
        defer { leave() }
        _ = try openDatabase()
        // There is no server to lose. What can happen is that the file was replaced, and then this connection would
        // go on with one that has no name any more.
        guard let path = options.path, FileIdentity(path: path) != file else { return }
        throw DatabaseError(
            .connectionLost,
            "While it was open, the database file '\(path)' was moved, deleted or replaced; connect again."
        )
    }

    nonisolated func close() async {
        interrupter.close()
        await shutDown()
    }

    private func shutDown() {
        // Else nothing was opened, or this is the second call.
        guard let database else { return }
        self.database = nil
        cursor = nil
        bulkInsert = nil
        transaction = .none
        database.close()
        slot = nil
        if let ticket { writers?.withdraw(ticket) }
        onClose()
    }

    func openDatabase() throws(DatabaseError) -> SQLiteDatabase {
        guard let database else {
            throw DatabaseError(.connectionClosed, "The connection is closed; check out another one.")
        }
        return database
    }

    /// Waits until the calls that came earlier are done; each call begins with it and ends with `leave()`.
    ///
    /// A pool gives a connection to one task, but that task may have children.
    func enter() async {
        if isInCall {
            // Whoever leaves hands over, so `isInCall` stays true.
            await withCheckedContinuation { callsInLine.append($0) }
        } else {
            isInCall = true
        }
    }

    func leave() {
        if callsInLine.isEmpty {
            noteWhatIsLeft()
            isInCall = false
        } else {
            callsInLine.removeFirst().resume()
        }
    }

    /// Notes, after a call, whether it left anything behind.
    func noteWhatIsLeft() {
        leftNothing.store(hasNothingToReset, ordering: .relaxed)
        leftTransaction.store(transaction != .none, ordering: .relaxed)
    }
}

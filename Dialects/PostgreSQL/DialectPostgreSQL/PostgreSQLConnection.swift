#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor
internal import Logging

/// One session with a PostgreSQL server.
///
/// The actor lives on a reactor, where libpq is used in its non-blocking mode: a call sends, and suspends until the
/// socket has the answer. Calls run one after the other, in the order in which they came.
actor PostgreSQLConnection: Connection {
    nonisolated let options: PostgreSQLOptions
    nonisolated let reactor: Reactor
    nonisolated let logger: Logger
    nonisolated let control = PostgreSQLCallControl()

    /// The session, nil before `open()`, closed after `close()` and when it broke.
    var link: PostgreSQLLink?
    /// Why the session broke.
    var brokenBecause: DatabaseError?
    /// Whether each transaction may run in another session of the server.
    var isPooled = false
    var statements: PostgreSQLStatementCache
    var cursor: PostgreSQLOpenCursor?
    var copy: PostgreSQLOpenCopy?
    var lastNumber: UInt64 = 0
    /// Whether a statement may have left something in the session that the next user must not find.
    var hasChangedSession = false
    /// The settings that the server reports, as they were at the beginning.
    var firstSettings: [(name: StaticString, value: [CChar])] = []
    var notifications: [DatabaseNotification] = []
    /// The call that runs.
    var call = PostgreSQLCall()
    /// The call that runs without a change of executor.
    var direct: PostgreSQLDirectRun?
    /// What goes on with that call when there is an answer; kept, because each statement needs it.
    private(set) lazy var onAnswer: (Wakeup?) -> Void = { [unowned self] wakeup in
        // Whoever waits for the answer keeps the connection.
        reactor.runNow(on: self) { $0.advance(wakeup) }
    }
    var isInCall = false
    private var callsInLine: [CheckedContinuation<Void, Never>] = []

    init(options: PostgreSQLOptions, reactor: Reactor, logger: Logger) {
        self.options = options
        self.reactor = reactor
        self.logger = logger
        statements = PostgreSQLStatementCache(capacity: options.statementCacheSize)
    }

    // Whoever forgot to close leaves no socket behind.
    isolated deinit { link?.close() }

    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.unownedExecutor }

    nonisolated var preferredExecutor: (any TaskExecutor)? { reactor.taskExecutor }

    // A session that its server ends while it is idle has an unasked last message, or the end of the stream.
    nonisolated var isLost: Bool { control.isLost }

    nonisolated var isClean: Bool { control.isClean }

    /// One round trip with an empty query.
    func ping() async throws(DatabaseError) {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            try await self.command("")
        }
    }

    nonisolated func close() async {
        control.close()
        await shutDown()
    }

    private func shutDown() async {
        // A call under way ends at once, and those in line as well.
        await enter()
        defer { leave() }
        control.attach(nil)
        link?.close()
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
            isInCall = false
        } else {
            callsInLine.removeFirst().resume()
        }
    }

    /// Refuses a call while a cursor or an insertion is open.
    func refuseWhenBusy() throws(DatabaseError) {
        guard cursor != nil || copy != nil else { return }
        throw DatabaseError(
            .invalidTransactionState,
            "The connection still \(cursor != nil ? "gives the rows of a statement" : "inserts rows"); end that first."
        )
    }
}
#endif

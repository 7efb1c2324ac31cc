#if MySQL
internal import DialectCore
internal import DialectReactor
internal import Logging
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// One session with a server, on a reactor that it shares with others.
///
/// Calls run one after the other, in the order in which they came.
actor MySQLConnection: Connection {
    nonisolated let reactor: Reactor
    nonisolated let options: MySQLOptions
    nonisolated let killer: MySQLKiller
    nonisolated let logger: Logger
    nonisolated let facts: MySQLSession.Facts
    nonisolated let dialect: MySQLDialect
    nonisolated let signal = MySQLCancelSignal()
    /// The descriptor for `isLost`, -1 when the session is over.
    private nonisolated let descriptor: Atomic<CInt>
    /// Whether the last call left nothing behind, for `isClean`.
    private nonisolated let leftNothing = Atomic(false)

    /// libmariadb's handle, nil after `close()`.
    var session: MySQLSession?
    /// Waits for the socket; nil before `start()` and after `close()`.
    var watch: SocketWatch?
    var statements: MySQLStatementCache
    var transaction = MySQLTransactionState.none
    /// Whether a statement left something in the session that the next user must not find.
    var hasChangedSession = false
    var cursor: MySQLOpenCursor?
    var lastCursor: UInt64 = 0
    var isCursorClosed = false
    var bulkInsert: MySQLBulkInsert?
    var lastBulkInsert: UInt64 = 0
    var fetchedRows: UInt64 = 0
    /// Why the session cannot be used any more.
    var loss: MySQLLoss?
    /// The call that runs without a change of executor.
    var direct: MySQLDirectRun?
    /// What goes on with that call when there is an answer; kept, because each statement needs it.
    private(set) lazy var onAnswer: (Wakeup?) -> Void = { [unowned self] wakeup in
        // Whoever waits for the answer keeps the connection.
        reactor.runNow(on: self) { $0.proceed(wakeup) }
    }
    /// When the running call has to be over.
    var deadline: ContinuousClock.Instant?
    /// The killing of the running statement.
    var kill: Task<MySQLKiller.Outcome, Never>?
    var isInCall = false
    private var callsInLine: [CheckedContinuation<Void, Never>] = []

    init(_ session: MySQLSession, options: MySQLOptions, killer: MySQLKiller, reactor: Reactor, logger: Logger) {
        self.session = session
        self.options = options
        self.killer = killer
        self.reactor = reactor
        self.logger = logger
        facts = session.facts
        dialect = MySQLDialect(server: session.facts.server)
        statements = MySQLStatementCache(capacity: options.cachedStatements)
        descriptor = Atomic(session.socket)
    }

    // Whoever forgot to close leaves no session behind.
    deinit {
        guard let session else { return }
        let abandoned = statements.removeAll(and: cursor?.statement)
        reactor.run { [watch] in
            watch?.close()
            session.giveUp()
            // Only afterwards, so that they ask the server for nothing.
            for statement in abandoned { statement.free() }
        }
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.unownedExecutor }

    nonisolated var preferredExecutor: (any TaskExecutor)? { reactor.taskExecutor }

    nonisolated var isClean: Bool { leftNothing.load(ordering: .relaxed) }

    /// A server speaks only when it is asked; bytes that nobody asked for are its farewell, or the end of the socket.
    nonisolated var isLost: Bool {
        let descriptor = descriptor.load(ordering: .relaxed)
        guard descriptor >= 0 else { return true }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count >= 0 || (errno != EAGAIN && errno != EINTR)
    }

    /// Begins to watch the socket.
    func start() {
        guard let session, session.socket >= 0 else { return breakSession(.ended) }
        watch = SocketWatch(session.socket, on: reactor)
    }

    func ping() async throws(DatabaseError) {
        try await call { () throws(DatabaseError) in
            try requireNoCursor()
            try await askForStatus()
        }
    }

    func close() async {
        if isInCall {
            // The call that waits goes on and fails.
            breakSession(.closed)
            watch?.interrupt()
        }
        await enter()
        defer { leave() }
        shutDown()
    }

    private func shutDown() {
        guard let session else { return }
        // Only now: a call may still have waited on it.
        let abandoned = statements.removeAll(and: cursor?.statement)
        cursor = nil
        descriptor.store(-1, ordering: .relaxed)
        watch?.close()
        watch = nil
        self.session = nil
        if loss == nil { session.close() } else { session.giveUp() }
        loss = loss ?? .closed
        for statement in abandoned { statement.free() }
    }

    func openSession() throws(DatabaseError) -> MySQLSession {
        guard let session else {
            throw DatabaseError(.connectionClosed, "The connection is closed; check out another one.")
        }
        if let loss { throw loss.laterError }
        return session
    }

    /// Ends the socket, so that a call that waits for it fails; the session cannot be used any more.
    func breakSession(_ reason: MySQLLoss) {
        guard loss == nil else { return }
        noteLoss(reason)
        session?.shutSocket()
    }

    func noteLoss(_ reason: MySQLLoss) {
        guard loss == nil else { return }
        loss = reason
        descriptor.store(-1, ordering: .relaxed)
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
            leftNothing.store(hasNothingToReset, ordering: .relaxed)
            isInCall = false
        } else {
            callsInLine.removeFirst().resume()
        }
    }
}

extension MySQLConnection: DialectRefining {
    nonisolated var refinedDialect: (any Dialect)? { dialect }
}
#endif

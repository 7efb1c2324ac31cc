#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor
internal import Logging

/// The sessions of one reactor that run the single reads of many tasks.
///
/// They are opened when reads come and are in libpq's pipeline mode: what was asked for in one turn
/// of the reactor leaves in one packet for each session, with one Sync, and so is one implicit transaction, which the
/// server keeps from writing.
actor PostgreSQLPipelines {
    /// How long a session is used before another takes its place.
    ///
    /// Whatever a function that was called in it may have left behind ends with it.
    static let longestLife = Duration.seconds(300)
    /// How long reads fail at once after a session could not be opened, so that not each of them tries.
    static let pause = Duration.milliseconds(50)

    nonisolated let options: PostgreSQLOptions
    nonisolated let reactor: Reactor
    nonisolated let logger: Logger
    /// How many sessions there are at most.
    private let mostLanes: Int

    var lanes: [PostgreSQLLane] = []
    private var openings: [ObjectIdentifier: (connection: PostgreSQLConnection, task: Task<Void, Never>)] = [:]
    /// The reads that wait for the first session.
    private var waiting: [PipelinedRead] = []
    /// Why no session could be opened, and until when none is tried.
    private var failure: (error: DatabaseError, until: ContinuousClock.Instant)?
    private var isTurnEnding = false
    private var isClosed = false

    init(options: PostgreSQLOptions, mostLanes: Int, reactor: Reactor, logger: Logger) {
        self.options = options
        self.mostLanes = mostLanes
        self.reactor = reactor
        self.logger = logger
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.unownedExecutor }

    /// Runs one statement that only reads.
    nonisolated func execute(_ sql: String, _ values: [SQLValue]) async throws(DatabaseError) -> StatementResult {
        guard !Task.isCancelled else { throw .cancelledRead }
        let read = PipelinedRead(sql, values, deadline: options.commandTimeout.map { .now + $0 })
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                reactor.run(on: self) { if read.wait(continuation) { $0.submit(read) } }
            }
        } onCancel: {
            reactor.run(on: self) { $0.abandon(read, because: .cancelledRead) }
        }
        return try outcome.get()
    }

    /// Sends a read over the session that has least to do, or lets it wait for the first session.
    func submit(_ read: PipelinedRead) {
        guard !isClosed else { return read.answer(.failure(.sharedSessionsClosed)) }
        guard let lane = leastBusyLane() else {
            if let failure, openings.isEmpty, failure.until > .now { return read.answer(.failure(failure.error)) }
            waiting.append(read)
            return openLane()
        }
        if lane.ledger.outstanding > 0 { openLane() }
        start(read, on: lane)
    }

    private func leastBusyLane() -> PostgreSQLLane? {
        var least: PostgreSQLLane?
        for lane in lanes where !lane.isRetiring {
            if least.map({ lane.ledger.outstanding < $0.ledger.outstanding }) ?? true { least = lane }
        }
        return least
    }

    /// Releases the task at once; the statement, if it runs, is ended on the server soon.
    func abandon(_ read: PipelinedRead, because error: DatabaseError) {
        read.answer(.failure(error))
        // It computes the time anew until which it waits.
        for lane in lanes where lane.running === read { lane.link.watch.interrupt() }
    }

    /// Sends what this turn brought, when everything else that is ready has run.
    func planEndOfTurn() {
        guard !isTurnEnding else { return }
        isTurnEnding = true
        reactor.atEndOfTurn { self.reactor.runNow(on: self) { $0.endTurn() } }
    }

    private func endTurn() {
        isTurnEnding = false
        for lane in lanes {
            let isSent = lane.dropForgottenStatements() && lane.sync()
            let unsent = isSent ? PQflush(lane.link.handle) : -1
            if unsent < 0 { lose(lane, .lostLane(lane)) } else if unsent > 0 { lane.link.watch.interrupt() }
        }
        retireOldest()
    }

    /// Takes one session at a time out of use when it is old enough.
    private func retireOldest() {
        guard !lanes.contains(where: \.isRetiring) else { return }
        let now = ContinuousClock.now
        guard let lane = lanes.first(where: { $0.retiresAt <= now }) else { return }
        lane.isRetiring = true
        if lane.ledger.isEmpty { remove(lane) }
    }

    /// Closes a session, with nothing to answer.
    func remove(_ lane: PostgreSQLLane) {
        lanes.removeAll { $0 === lane }
        lane.link.close()
    }

    /// Gives a session up, and runs again once what it owed: it only read.
    func lose(_ lane: PostgreSQLLane, _ error: DatabaseError) {
        guard lane.link.isOpen else { return }
        remove(lane)
        // What ended this session may have ended the others as well, so what runs again gets a new one.
        for other in lanes {
            other.isRetiring = true
            if other.ledger.isEmpty { remove(other) }
        }
        logger.debug("A shared session was lost", metadata: ["error": "\(error)"])
        for read in lane.takeReads() where !read.isAbandoned {
            if read.attempts.survivesLoss() { submit(read) } else { read.answer(.failure(error)) }
        }
    }

    private func openLane() {
        let count = lanes.count { !$0.isRetiring } + openings.count
        guard count < mostLanes, !isClosed else { return }
        if let failure, failure.until > .now { return }
        let connection = PostgreSQLConnection(options: options, reactor: reactor, logger: logger)
        let task = Task { await self.openLane(connection) }
        openings[ObjectIdentifier(connection)] = (connection, task)
    }

    private func openLane(_ connection: PostgreSQLConnection) async {
        let outcome: Result<PostgreSQLLink, DatabaseError>
        do throws(DatabaseError) {
            outcome = .success(try await connection.openForPipeline())
        } catch {
            await connection.close()
            outcome = .failure(error)
        }
        openings[ObjectIdentifier(connection)] = nil
        switch outcome {
        case .success(let link): add(link)
        case .failure(let error):
            // A pooler does not go away within milliseconds.
            failure = (error, .now + (error.code == .unsupportedFeature ? Self.longestLife : Self.pause))
            if openings.isEmpty, !lanes.contains(where: { !$0.isRetiring }) { refuseWaiting(error) }
        }
    }

    private func add(_ link: PostgreSQLLink) {
        guard !isClosed else { return link.close() }
        failure = nil
        // Not all at the same time.
        let life = Self.longestLife * Double.random(in: 0.8...1)
        let lane = PostgreSQLLane(
            link,
            statementCacheSize: options.statementCacheSize,
            retiresAt: .now + life
        )
        lanes.append(lane)
        lane.follower = Task { await self.follow(lane) }
        let reads = waiting
        waiting = []
        for read in reads where !read.isAbandoned { submit(read) }
    }

    private func refuseWaiting(_ error: DatabaseError) {
        let reads = waiting
        waiting = []
        for read in reads { read.answer(.failure(error)) }
    }

    /// Ends everything; what is under way fails with code `connectionClosed`.
    func close() async {
        isClosed = true
        refuseWaiting(.sharedSessionsClosed)
        let closing = lanes
        for lane in closing {
            remove(lane)
            for read in lane.takeReads() { read.answer(.failure(.sharedSessionsClosed)) }
        }
        let opening = Array(openings.values)
        for (connection, _) in opening { await connection.close() }
        for (_, task) in opening { await task.value }
        for lane in closing { await lane.follower?.value }
    }
}

extension PostgreSQLConnection {
    /// Opens the session for reads alone, and gives it away: the connection is of no more use.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` behind a transaction pooler, where statements have no
    ///   names and one session's settings are another client's.
    fileprivate func openForPipeline() async throws(DatabaseError) -> PostgreSQLLink {
        try await open()
        guard !isPooled else { throw .poolerShares }
        // Not as a parameter of the start: a server of `target_session_attrs=read-write` would then be refused.
        try await execute("SET default_transaction_read_only = on")
        let link = try living()
        guard PQenterPipelineMode(link.handle) == 1 else { throw failedToSend(link) }
        control.attach(nil)
        // Answers are for the reads from now on, also those that come while nobody waits just then.
        link.watch.onNews = nil
        self.link = nil
        return link
    }
}

extension DatabaseError {
    static let sharedSessionsClosed = DatabaseError(
        .connectionClosed,
        "The shared sessions are closed, because the engine was disposed of; make a new one."
    )

    static let poolerShares = DatabaseError(
        .unsupportedFeature,
        "Behind a transaction pooler statements cannot share sessions; run them with execute."
    )

    static func lostLane(_ lane: PostgreSQLLane) -> DatabaseError {
        DatabaseError(
            .connectionLost,
            "The connection to the server at \(lane.link.server) broke; connect again.",
            serverMessage: lane.link.errorMessage
        )
    }
}
#endif

#if MySQL
internal import CLibMariaDB
internal import DialectCore
internal import DialectReactor

extension MySQLConnection {
    /// Runs a call that is to end when its task is cancelled.
    ///
    /// When the statement has to be killed, the call does not return before the server has said that it did: a mark that
    /// came later would hit the next user's statement. One more statement then takes the mark with it, should it have come
    /// too late for the one that it was meant for. Where that cannot be had in time, the session is given up.
    func call<Value: Sendable>(
        _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        await enter()
        defer { leave() }
        _ = try openSession()
        if Task.isCancelled { throw DatabaseError(.cancelled, "The task was cancelled before its statement was sent.") }
        startClock()
        return try await complete(signal.open(), body)
    }

    /// Runs the body of a call that has begun, and ends the call.
    func complete<Value: Sendable>(
        _ number: UInt64,
        _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        // The `self` is what keeps the closure on the connection's thread.
        let result = await withTaskCancellationHandler {
            await self.outcome(of: body)
        } onCancel: { [reactor, signal, watch] in
            reactor.run { if signal.request(number) { watch?.interrupt() } }
        }
        signal.close()
        if kill != nil { await settleKill() }
        return try result.get()
    }

    private func outcome<Value>(of body: () async throws(DatabaseError) -> Value) async -> Result<Value, DatabaseError>
    {
        do throws(DatabaseError) {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    /// Runs a call that is not cancelled, because it cleans up.
    func uncancelledCall<Value: Sendable>(
        _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        await enter()
        defer { leave() }
        _ = try openSession()
        startClock()
        return try await body()
    }

    /// Gives what follows the time of a whole call.
    func startClock() { deadline = options.commandTimeout.map { .now + $0 } }

    /// Runs one of libmariadb's non-blocking operations to its end, waiting for the socket wherever it wants to.
    ///
    /// It always comes to its end: when something else ends the wait, the socket is shut first, so that the operation fails
    /// instead of waiting again.
    func run(_ start: () -> CInt, _ proceed: (CInt) -> CInt) async {
        var status = step(start)
        while status != 0 {
            if loss == nil { await waitForSocket(status) }
            let ready = status & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE)
            status = step { proceed(ready) }
        }
    }

    /// Runs a part of an operation that waits for nothing.
    func step(_ part: () -> CInt) -> CInt {
        if session?.hasTLS == true { OpenSSL.prepareThread() }
        let status = part()
        if let watch, session?.socket != watch.descriptor {
            // libmariadb has closed a socket that broke. Whoever opens the next one may get its number, so the watch has to
            // end before this thread does anything else.
            noteLoss(.ended)
            watch.close()
            self.watch = nil
        }
        return status
    }

    private func waitForSocket(_ status: CInt) async {
        while loss == nil {
            let wanted = Readiness(waitingFor: status)
            guard let watch, let wakeup = try? await watch.wait(for: wanted, until: deadline) else {
                breakSession(.ended)
                return
            }
            switch wakeup {
            case .ready: return
            case .timedOut: breakSession(kill == nil ? .timedOut : .cancelled)
            case .interrupted:
                // Or else somebody closes the connection, or the interruption was meant for an earlier call.
                if signal.isRequested, kill == nil { startKill() }
            }
        }
    }

    /// Begins to kill the running statement; `settleKill()` has to follow.
    func startKill() {
        guard let session else { return }
        let target = MySQLKiller.Target(endpoint: session.endpoint, facts: facts)
        kill = Task { [killer] in await killer.kill(target) }
        let limit = ContinuousClock.now + MySQLKiller.limit + .milliseconds(100)
        deadline = deadline.map { min($0, limit) } ?? limit
    }

    func settleKill() async {
        guard let kill else { return }
        let outcome = await kill.value
        self.kill = nil
        guard loss == nil else { return }
        switch outcome {
        case .notSent: return
        case .unknown: breakSession(.cancelled)
        case .delivered:
            deadline = .now + MySQLKiller.limit
            // A failure has ended the session, and later calls will tell.
            try? await askForStatus()
        }
    }

    /// What to throw for a call that has failed; notes when the session is gone.
    func error(_ failure: MySQLFailure, statement: String? = nil) -> DatabaseError {
        if loss == nil, MySQLCode.isLoss(failure.code) { breakSession(.ended) }
        var error = loss?.error(of: failure) ?? failure.error(statement: statement)
        error.statement = statement
        return error
    }
}

extension Readiness {
    /// What libmariadb waits for.
    init(waitingFor status: CInt) {
        self = []
        if status & MYSQL_WAIT_READ != 0 { insert(.readable) }
        if status & MYSQL_WAIT_WRITE != 0 { insert(.writable) }
    }
}
#endif

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
        let number = signal.open()
        let result: Result<Value, DatabaseError> = await withTaskCancellationHandler {
            do throws(DatabaseError) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        } onCancel: { [reactor, signal, watch] in
            reactor.run { if signal.request(number) { watch?.interrupt() } }
        }
        signal.close()
        if kill != nil { await settleKill() }
        return try result.get()
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

    private func startClock() { deadline = options.commandTimeout.map { .now + $0 } }

    /// Runs one of libmariadb's non-blocking operations to its end, waiting for the socket wherever it wants to.
    ///
    /// It always comes to its end: when something else ends the wait, the socket is shut first, so that the operation fails
    /// instead of waiting again.
    func run(_ start: () -> CInt, _ proceed: (CInt) -> CInt) async {
        OpenSSLErrors.clear()
        var status = start()
        while status != 0 {
            if loss == nil { await waitForSocket(status) }
            OpenSSLErrors.clear()
            status = proceed(status & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE))
        }
    }

    private func waitForSocket(_ status: CInt) async {
        var wanted: Readiness = []
        if status & MYSQL_WAIT_READ != 0 { wanted.insert(.readable) }
        if status & MYSQL_WAIT_WRITE != 0 { wanted.insert(.writable) }
        while loss == nil {
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
        let errand = MySQLKill(options: options, endpoint: session.endpoint, facts: facts)
        kill = Task { await errand.perform() }
        let limit = ContinuousClock.now + MySQLKill.limit + .milliseconds(100)
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
            deadline = .now + MySQLKill.limit
            // Whether this one is hit does not matter.
            if case .failure = await runText("DO 0"), loss == nil { _ = await runText("DO 0") }
        }
    }

    /// What to throw for a call that has failed; notes when the session is gone.
    func error(_ failure: MySQLFailure, statement: String? = nil) -> DatabaseError {
        if loss == nil, MySQLCode.isLoss(failure.code) { noteLoss(.ended) }
        var error = loss?.error(of: failure) ?? failure.error(statement: statement)
        error.statement = statement
        return error
    }
}
#endif

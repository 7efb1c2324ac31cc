#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor

// How most statements run: sent and answered in the reactor's events, with one suspension of the task. Whatever is out of
// the ordinary (a statement that is not prepared, a call that is not the only one, a cancellation, a time limit) is left to
// the asynchronous code, from where it is.
extension PostgreSQLConnection {
    @discardableResult
    nonisolated func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        let run = PostgreSQLDirectRun(statement)
        let end = await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in
                run.wait(waiter)
                onReactor { $0.start(run) }
            }
        } onCancel: {
            onReactor { $0.cancel(run) }
        }
        switch end {
        case .finished(let outcome): return try outcome.get()
        case .needsTurn: return try await executeInTurn(statement)
        case .goesOn: return try await goOn(run)
        }
    }

    /// Does something on the connection's thread: at once where the caller runs there, and soon otherwise.
    private nonisolated func onReactor(_ action: @escaping @Sendable (isolated PostgreSQLConnection) -> Void) {
        if reactor.isCurrent {
            assumeIsolated(action)
        } else {
            reactor.run { self.assumeIsolated(action) }
        }
    }

    private func executeInTurn(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await perform(.cancellable) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            return try await self.run(statement)
        }
    }

    private func goOn(_ run: PostgreSQLDirectRun) async throws(DatabaseError) -> StatementResult {
        defer { leave() }
        return try await complete(call.number, .cancellable) { () async throws(DatabaseError) in
            guard let prepared = run.prepared else { return try run.outcome.get() }
            let outcome = await self.collect(prepared, after: run.outcome)
            self.call.mayHaveCommitted = false
            return try outcome.get()
        }
    }

    private func start(_ run: PostgreSQLDirectRun) {
        guard !run.isCancelled else { return run.end(.finished(.failure(.cancelledBeforeCall))) }
        guard let link = readyLink, let (prepared, parameters) = ready(run.statement) else {
            return run.end(.needsTurn)
        }
        isInCall = true
        call = PostgreSQLCall(
            number: control.begin(),
            kind: .cancellable,
            deadline: options.commandTimeout.map { .now + $0 }
        )
        direct = run
        run.prepared = prepared
        run.isAlone = link.transactionStatus == PQTRANS_IDLE
        noteStart(of: prepared.command, on: link)
        guard parameters.send(prepared, on: link) else { return finish(run, .failure(failedToSend(link))) }
        waitForAnswer(run, link)
    }

    /// The session, when nothing else uses it and nothing is to be seen to before a statement.
    private var readyLink: PostgreSQLLink? {
        guard !isInCall, cursor == nil, copy == nil, brokenBecause == nil, !control.signals.isClosing,
            let link, link.isAlive
        else { return nil }
        return link
    }

    /// The statement as it was prepared, and its values, when both are at hand.
    private func ready(_ statement: Statement) -> (PostgreSQLStatement, PostgreSQLParameters)? {
        do throws(DatabaseError) {
            guard let prepared = cached(try statement.postgreSQLText(), for: statement.parameters) else { return nil }
            return (prepared, try PostgreSQLParameters(statement.parameters, as: prepared.types))
        } catch {
            // It comes again in its turn.
            return nil
        }
    }

    private func cancel(_ run: PostgreSQLDirectRun) {
        if direct === run { control.cancel(call.number) } else { run.isCancelled = true }
    }

    private func waitForAnswer(_ run: PostgreSQLDirectRun, _ link: PostgreSQLLink) {
        let unsent = PQflush(link.handle)
        guard unsent >= 0 else { return finish(run, .failure(lost(link))) }
        let wanted: Readiness = unsent > 0 ? [.readable, .writable] : .readable
        link.watch.wait(for: wanted, until: call.nextDeadline) { wakeup in
            self.assumeIsolated { $0.advance(run, link, wakeup) }
        }
    }

    private func advance(_ run: PostgreSQLDirectRun, _ link: PostgreSQLLink, _ wakeup: Wakeup?) {
        guard link.isOpen, case .ready(let readiness)? = wakeup, let prepared = run.prepared else {
            // The asynchronous code meets it again at its first wait.
            if wakeup == .interrupted { link.watch.interrupt() }
            direct = nil
            return run.end(.goesOn)
        }
        do throws(DatabaseError) {
            try takeIn(readiness, link)
            guard try readResults(run, prepared, link) else { return waitForAnswer(run, link) }
            finish(run, run.outcome)
        } catch {
            finish(run, .failure(error))
        }
    }

    /// Reads what is there; returns whether it was the last.
    private func readResults(
        _ run: PostgreSQLDirectRun,
        _ prepared: PostgreSQLStatement,
        _ link: PostgreSQLLink
    ) throws(DatabaseError) -> Bool {
        while PQisBusy(link.handle) == 0 {
            guard let pointer = PQgetResult(link.handle) else {
                guard PQstatus(link.handle) == CONNECTION_OK else { throw lost(link) }
                return true
            }
            let result = PostgreSQLResult(pointer)
            // What comes after an error tells nothing more.
            guard case .success = run.outcome else { continue }
            run.outcome = read(result, of: prepared)
            if !link.isOpen { return true }
        }
        return false
    }

    private func finish(_ run: PostgreSQLDirectRun, _ outcome: Result<StatementResult, DatabaseError>) {
        direct = nil
        call.mayHaveCommitted = false
        control.end(isClean: hasNothingToReset)
        leave()
        guard case .failure(let error) = outcome, error.isOfOutdatedStatement, run.isAlone, link?.isOpen == true else {
            return run.end(.finished(outcome))
        }
        // Prepared again, it runs; it has not begun to.
        if let prepared = run.prepared { statements.remove(prepared) }
        run.end(.needsTurn)
    }
}
#endif

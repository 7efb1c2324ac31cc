#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor

// How most statements run: sent and answered in the reactor's events, with one suspension of the task. Whatever is out of
// the ordinary (a statement that is not prepared, a call that is not the only one, a cancellation, a time limit) is left to
// the asynchronous code, from where it is.
extension PostgreSQLConnection: StatementStarting {
    nonisolated func makeRun(of statement: Statement) -> any StatementRun {
        PostgreSQLDirectRun(.statement(statement), .cancellable, on: self)
    }

    @discardableResult
    nonisolated func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await PostgreSQLDirectRun(.statement(statement), .cancellable, on: self).result()
    }

    /// Waits for what is left of the answer, or performs all of the run when the session was not ready for it or the
    /// statement not prepared.
    func finish(_ run: PostgreSQLDirectRun) async throws(DatabaseError) -> StatementResult {
        guard run.isSent else { return try await performInTurn(run.work, run.kind) }
        defer { leave() }
        do throws(DatabaseError) {
            return try await complete(call.number, run.kind) { () async throws(DatabaseError) in
                guard let prepared = run.prepared else { return try await self.collect(run) }
                let outcome = await self.collect(prepared, after: run.outcome)
                self.call.mayHaveCommitted = false
                return try outcome.get()
            }
        } catch {
            throw run.asErrorOfRun(error)
        }
    }

    private func performInTurn(
        _ work: PostgreSQLDirectRun.Work,
        _ kind: PostgreSQLCall.Kind
    ) async throws(DatabaseError) -> StatementResult {
        try await perform(kind) { () async throws(DatabaseError) in
            try self.refuseWhenBusy()
            switch work {
            case .statement(let statement): return try await self.run(statement)
            case .begin(let sql): try await self.beginInTurn(sql)
            case .commit: try await self.commitInTurn()
            }
            return StatementResult()
        }
    }

    private func collect(_ run: PostgreSQLDirectRun) async throws(DatabaseError) -> StatementResult {
        while let result = try await nextResult() { read(result, of: run) }
        return try run.outcome.get()
    }

    func start(_ run: PostgreSQLDirectRun) {
        guard !run.isCancelled else { return run.end(.failure(.cancelledBeforeCall)) }
        guard let link = readyLink else { return run.leave(isSent: false) }
        switch run.work {
        case .statement(let statement):
            guard let (prepared, parameters) = ready(statement), begin(run) else { return run.leave(isSent: false) }
            run.prepared = prepared
            run.isAlone = link.transactionStatus == PQTRANS_IDLE
            noteStart(of: prepared.command, on: link)
            guard parameters.send(prepared, on: link) else { return finish(run, .failure(failedToSend(link))) }
        case .begin(let sql):
            guard link.transactionStatus == PQTRANS_IDLE, begin(run) else { return run.leave(isSent: false) }
            guard PQsendQuery(link.handle, sql) == 1 else { return finish(run, .failure(failedToSend(link))) }
        case .commit:
            guard link.transactionStatus != PQTRANS_IDLE, begin(run) else { return run.leave(isSent: false) }
            guard PQsendQuery(link.handle, "COMMIT") == 1 else { return finish(run, .failure(failedToSend(link))) }
        }
        waitForAnswer(run, link)
    }

    /// Begins the call, unless the connection is to be closed.
    private func begin(_ run: PostgreSQLDirectRun) -> Bool {
        guard let number = control.beginUnlessClosing() else { return false }
        isInCall = true
        run.isSent = true
        call = PostgreSQLCall(number: number, kind: run.kind, deadline: options.commandTimeout.map { .now + $0 })
        direct = run
        return true
    }

    /// The session, when nothing else uses it and nothing is to be seen to before a statement.
    private var readyLink: PostgreSQLLink? {
        guard !isInCall, cursor == nil, copy == nil, brokenBecause == nil, let link, link.isAlive else { return nil }
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

    func cancel(_ run: PostgreSQLDirectRun) {
        guard run.kind == .cancellable else { return }
        if direct === run { control.cancel(call.number) } else { run.isCancelled = true }
    }

    private func waitForAnswer(_ run: PostgreSQLDirectRun, _ link: PostgreSQLLink) {
        let unsent = PQflush(link.handle)
        guard unsent >= 0 else { return finish(run, .failure(lost(link))) }
        let wanted: Readiness = unsent > 0 ? [.readable, .writable] : .readable
        link.watch.wait(for: wanted, until: call.nextDeadline, then: onAnswer)
    }

    /// Goes on with the direct run, after its wait.
    func advance(_ wakeup: Wakeup?) {
        guard let run = direct, let link else { return }
        guard link.isOpen, case .ready(let readiness)? = wakeup else {
            // The asynchronous code meets it again at its first wait.
            if wakeup == .interrupted { link.watch.interrupt() }
            direct = nil
            return run.leave(isSent: true)
        }
        do throws(DatabaseError) {
            try takeIn(readiness, link)
            guard try readResults(run, link) else { return waitForAnswer(run, link) }
            finish(run, run.outcome)
        } catch {
            finish(run, .failure(error))
        }
    }

    /// Reads what is there; returns whether it was the last.
    private func readResults(_ run: PostgreSQLDirectRun, _ link: PostgreSQLLink) throws(DatabaseError) -> Bool {
        while PQisBusy(link.handle) == 0 {
            guard let pointer = PQgetResult(link.handle) else {
                guard PQstatus(link.handle) == CONNECTION_OK else { throw lost(link) }
                return true
            }
            read(PostgreSQLResult(pointer), of: run)
            if !link.isOpen { return true }
        }
        return false
    }

    private func read(_ result: borrowing PostgreSQLResult, of run: PostgreSQLDirectRun) {
        // What comes after an error tells nothing more.
        guard case .success = run.outcome else { return }
        if let prepared = run.prepared {
            run.outcome = read(result, of: prepared)
        } else if result.isError {
            run.outcome = .failure(error(of: result, run.command))
        } else if case .commit = run.work, result.tag != "COMMIT" {
            run.outcome = .failure(.rolledBackInstead)
        }
    }

    private func finish(_ run: PostgreSQLDirectRun, _ outcome: Result<StatementResult, DatabaseError>) {
        direct = nil
        call.mayHaveCommitted = false
        control.end(isClean: hasNothingToReset)
        leave()
        guard case .failure(let error) = outcome, error.isOfOutdatedStatement, run.isAlone, link?.isOpen == true else {
            return run.end(outcome)
        }
        // Prepared again, it runs; it has not begun to.
        if let prepared = run.prepared { statements.remove(prepared) }
        run.leave(isSent: false)
    }
}
#endif

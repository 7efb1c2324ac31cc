#if MySQL
internal import CLibMariaDB
internal import DialectCore
internal import DialectReactor

// How most statements run: sent and answered in the reactor's events, with one suspension of the task. Whatever is out of
// the ordinary (a statement that is not prepared, a call that is not the only one, an error, a cancellation, a time limit)
// is left to the asynchronous code, from where it is.
extension MySQLConnection: StatementStarting {
    nonisolated func makeRun(of statement: Statement) throws(DatabaseError) -> any StatementRun {
        MySQLDirectRun(try statement.sql(for: dialect), statement.parameters, on: self)
    }

    @discardableResult
    nonisolated func execute(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        try await MySQLDirectRun(statement.sql(for: dialect), statement.parameters, on: self).result()
    }

    func start(_ run: MySQLDirectRun) {
        guard !run.isCancelled, isReady, let statement = statements.statement(for: run.sql),
            (try? requireRoom(for: statement.bind(run.parameters), run.sql)) != nil
        else { return run.leave() }
        isInCall = true
        startClock()
        run.number = signal.open()
        run.statement = statement
        run.stage = .executing
        direct = run
        run.status = step { mysql_stmt_execute_start(&run.code, statement.handle) }
        advance(run, statement)
    }

    /// Whether nothing else uses the session, and nothing is to be seen to before a statement.
    private var isReady: Bool {
        guard !isInCall, session != nil, loss == nil, cursor == nil, bulkInsert == nil else { return false }
        if case .lost = transaction { return false }
        return true
    }

    func cancel(_ run: MySQLDirectRun) {
        guard direct === run else {
            run.isCancelled = true
            return
        }
        if signal.request(run.number) { watch?.interrupt() }
    }

    /// Goes on with the direct run, after its wait.
    func proceed(_ wakeup: Wakeup?) {
        guard let run = direct, let statement = run.statement else { return }
        // An interruption may have been meant for an earlier call.
        if wakeup == .interrupted, loss == nil, !signal.isRequested { return waitForAnswer(run) }
        guard case .ready? = wakeup, loss == nil else {
            // The asynchronous code meets it again at its first wait.
            if wakeup == .interrupted { watch?.interrupt() }
            return leave(run)
        }
        let ready = run.status & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE)
        run.status = step {
            run.stage == .executing
                ? mysql_stmt_execute_cont(&run.code, statement.handle, ready)
                : mysql_stmt_fetch_cont(&run.code, statement.handle, ready)
        }
        advance(run, statement)
    }

    /// Takes in what is there.
    private func advance(_ run: MySQLDirectRun, _ statement: MySQLStatement) {
        // Now and then the other sessions of the reactor get a turn.
        for _ in 0..<256 {
            guard run.status == 0 else { return waitForAnswer(run) }
            switch (run.stage, run.code) {
            case (.executing, 0):
                statement.noteExecuted()
                run.noteExecuted(statement, affectedRows: affectedRows(mysql_stmt_affected_rows(statement.handle)))
                if run.stage == .finishing { return finish(run, statement) }
            case (.fetching, 0), (.fetching, MYSQL_DATA_TRUNCATED):
                run.addRow(of: statement)
            case (.fetching, MYSQL_NO_DATA):
                run.stage = .finishing
                return finish(run, statement)
            default:
                return leave(run)
            }
            run.status = step { mysql_stmt_fetch_start(&run.code, statement.handle) }
        }
        reactor.run { [self] in reactor.runNow(on: self) { $0.advance(run, statement) } }
    }

    private func waitForAnswer(_ run: MySQLDirectRun) {
        guard let watch, loss == nil else { return leave(run) }
        watch.wait(for: Readiness(waitingFor: run.status), until: deadline, then: onAnswer)
    }

    private func finish(_ run: MySQLDirectRun, _ statement: MySQLStatement) {
        // A CALL has more results, and a statement may have ended the transaction around it.
        guard mysql_stmt_more_results(statement.handle) == 0, statement.isKept, !statement.isOutdated,
            transaction.isNone || session?.isInTransaction == true
        else { return leave(run) }
        if statement.text.changesSession { hasChangedSession = true }
        direct = nil
        signal.close()
        leave()
        run.end(.success(run.takeResult()))
    }

    private func leave(_ run: MySQLDirectRun) {
        direct = nil
        run.leave()
    }

    /// Runs what the events have left of a run, or all of it.
    func finish(_ run: MySQLDirectRun) async throws(DatabaseError) -> StatementResult {
        guard run.stage != .new, let statement = run.statement else {
            return try await call { () throws(DatabaseError) in
                try requireNoCursor()
                try transaction.refuseWhenLost()
                return try await execute(run.sql, run.parameters)
            }
        }
        defer { leave() }
        return try await complete(run.number) { () throws(DatabaseError) in
            try await noting(statement.text) { () throws(DatabaseError) in
                guard run.stage == .executing else { return try await fetchRest(of: run, statement) }
                await self.run {
                    run.status
                } _: {
                    mysql_stmt_execute_cont(&run.code, statement.handle, $0)
                }
                switch started(statement, run.code) {
                case .started:
                    return try await concluding(statement) { () throws(DatabaseError) in try await finish(statement) }
                case .failed(let error):
                    await closeUnlessKept(statement)
                    throw error
                case .mustPrepareAgain:
                    statements.remove(statement)
                    await close(statement)
                    return try await executePrepared(run.sql, statement.text, run.parameters)
                }
            }
        }
    }

    private func fetchRest(
        of run: MySQLDirectRun,
        _ statement: MySQLStatement
    ) async throws(DatabaseError) -> StatementResult {
        try await concluding(statement) { () throws(DatabaseError) in
            if run.stage == .fetching {
                await self.run {
                    run.status
                } _: {
                    mysql_stmt_fetch_cont(&run.code, statement.handle, $0)
                }
                var isRow = try isRow(run.code, of: statement)
                while isRow {
                    run.addRow(of: statement)
                    isRow = try await fetchRow(statement)
                }
            }
            try await skipResults(of: statement)
            return run.takeResult()
        }
    }
}
#endif

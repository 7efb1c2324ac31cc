#if PostgreSQL
internal import CLibPQ
internal import DialectCore
internal import DialectReactor

// What the server answers, and what becomes of it.
extension PostgreSQLPipelines {
    /// Reads a session's answers until it ends.
    func follow(_ lane: PostgreSQLLane) async {
        while lane.link.isOpen {
            let unsent = PQflush(lane.link.handle)
            guard unsent >= 0 else { return lose(lane, .lostLane(lane)) }
            let wakeup: Wakeup
            do throws(DatabaseError) {
                wakeup = try await lane.link.watch.wait(
                    for: unsent > 0 ? [.readable, .writable] : .readable,
                    until: lane.nextDeadline()
                )
            } catch {
                return lose(lane, error)
            }
            guard lane.link.isOpen else { return }
            switch wakeup {
            case .ready(let readiness):
                if readiness.contains(.readable) { receive(lane) }
            case .timedOut: endLateStatement(lane)
            case .interrupted: break
            }
            if lane.isRetiring, lane.ledger.isEmpty { remove(lane) }
        }
    }

    private func receive(_ lane: PostgreSQLLane) {
        // The server's last words may come before the end of the stream, so they are read even when this fails.
        let isAlive = PQconsumeInput(lane.link.handle) == 1
        while lane.link.isOpen, !lane.ledger.isEmpty, PQisBusy(lane.link.handle) == 0 {
            if let pointer = PQgetResult(lane.link.handle) {
                take(PostgreSQLResult(pointer), lane)
            } else {
                guard PQstatus(lane.link.handle) == CONNECTION_OK else { return lose(lane, .lostLane(lane)) }
                finishHead(lane)
            }
        }
        if !isAlive || (lane.link.isOpen && !lane.link.isAlive) { lose(lane, .lostLane(lane)) }
    }

    private func take(_ result: borrowing PostgreSQLResult, _ lane: PostgreSQLLane) {
        guard case .item(let item) = lane.ledger.head else {
            guard result.status == PGRES_PIPELINE_SYNC else { return lose(lane, error(of: result, nil)) }
            _ = lane.ledger.removeHead()
            return
        }
        switch item {
        case .read(let read, let statement): take(result, read, statement, lane)
        case .parse(let preparation):
            if result.isError { preparation.failure = error(of: result, preparation.sql, lane) }
        case .describe(let preparation):
            if result.isError {
                preparation.failure = preparation.failure ?? error(of: result, preparation.sql, lane)
            } else if result.status == PGRES_COMMAND_OK {
                preparation.statement = PostgreSQLStatement(preparation, describedBy: result)
            }
        case .housekeeping:
            if result.isError { _ = error(of: result, nil, lane) }
        }
    }

    private func take(
        _ result: borrowing PostgreSQLResult,
        _ read: PipelinedRead,
        _ statement: PostgreSQLStatement,
        _ lane: PostgreSQLLane
    ) {
        switch result.status {
        case PGRES_TUPLES_OK:
            guard !read.isAbandoned else { return }
            let reader = statement.reader ?? PostgreSQLRowReader(result, format: 0)
            do throws(DatabaseError) {
                read.outcome = .result(StatementResult(rows: try reader.rows(of: result)))
            } catch {
                read.outcome = .failure(error)
            }
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: read.outcome = .result(StatementResult())
        case PGRES_PIPELINE_ABORTED: read.outcome = .skipped
        default: read.outcome = .failure(error(of: result, read.sql, lane))
        }
    }

    /// The error in a result; gives the session up when the server has ended it.
    private func error(of result: borrowing PostgreSQLResult, _ sql: String?, _ lane: PostgreSQLLane) -> DatabaseError {
        let failure = result.failure(of: sql)
        var error = failure.error()
        guard failure.endsSession || PQstatus(lane.link.handle) != CONNECTION_OK else { return error }
        error.code = .connectionLost
        lose(lane, error)
        return error
    }

    private func error(of result: borrowing PostgreSQLResult, _ sql: String?) -> DatabaseError {
        var error = result.failure(of: sql).error()
        error.code = .connectionLost
        return error
    }

    /// The answer of the oldest item is complete.
    private func finishHead(_ lane: PostgreSQLLane) {
        guard case .item(let item) = lane.ledger.removeHead() else { return }
        switch item {
        case .read(let read, let statement): finish(read, statement, lane)
        case .describe(let preparation): finish(preparation, on: lane)
        case .parse, .housekeeping: break
        }
    }

    private func finish(_ read: PipelinedRead, _ statement: PostgreSQLStatement, _ lane: PostgreSQLLane) {
        guard !read.isAbandoned, let outcome = read.outcome else { return }
        switch read.attempts.verdict(on: outcome.ending, mayBeMistaken: lane.cancels > read.cancelsBefore) {
        case .deliver: read.answer(with: outcome)
        case .runAlone:
            planEndOfTurn()
            send(read, statement, on: lane, alone: true)
        case .prepareAgain:
            lane.statements.remove(statement)
            start(read, on: lane)
        }
    }
}

extension PipelinedRead {
    fileprivate func answer(with outcome: Outcome) {
        switch outcome {
        case .result(let result): answer(.success(result))
        case .failure(let error): answer(Result.failure(error))
        case .skipped: preconditionFailure("a statement that was skipped runs again")
        }
    }
}

extension PipelinedRead.Outcome {
    /// What it means for the statement.
    fileprivate var ending: PipelineAttempts.Ending {
        switch self {
        case .result: .rows
        case .skipped: .skipped
        case .failure(let error):
            switch error.sqlState {
            case "57014" where error.code == .cancelled: .cancelled
            case "26000", "0A000": .stale
            default: .failed
            }
        }
    }
}
#endif

#if PostgreSQL
internal import DialectCore
internal import DialectReactor
internal import Locking

extension PostgreSQLConnector: StatementSharing {
    func executeShared(_ statement: Statement) async throws(DatabaseError) -> StatementResult {
        guard options.pooler != .true else { throw .poolerShares }
        let sql = try statement.postgreSQLText()
        return try await pipelines.current(of: self).execute(sql, statement.parameters)
    }

    func closeShared() async { await pipelines.close()?.close() }
}

/// The shared sessions of a connector, made with the first read.
final class PostgreSQLSharedSessions: Sendable {
    private enum State {
        case none
        case made(PostgreSQLPipelines)
        case closed
    }

    private let state = Locked(State.none)

    /// The sessions to use.
    ///
    /// - Throws: `DatabaseError` with code `connectionClosed` after `close()`.
    func current(of connector: PostgreSQLConnector) throws(DatabaseError) -> PostgreSQLPipelines {
        try state.withLock { state throws(DatabaseError) in
            switch state {
            case .made(let pipelines): return pipelines
            case .closed: throw .sharedSessionsClosed
            case .none:
                let pipelines = PostgreSQLPipelines(
                    options: connector.options,
                    reactor: try Reactor.next(),
                    logger: connector.logger
                )
                state = .made(pipelines)
                return pipelines
            }
        }
    }

    /// Makes no more; returns what was made.
    func close() -> PostgreSQLPipelines? {
        state.withLock { state in
            defer { state = .closed }
            if case .made(let pipelines) = state { return pipelines }
            return nil
        }
    }
}
#endif

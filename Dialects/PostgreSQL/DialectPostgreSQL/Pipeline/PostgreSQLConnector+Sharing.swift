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

    func closeShared() async {
        for sessions in pipelines.close() { await sessions.close() }
    }
}

/// The shared sessions of a connector, made with the first read: some on each reactor.
final class PostgreSQLSharedSessions: Sendable {
    /// How many sessions there are at most, unless there are more reactors.
    ///
    /// More of them cost packets, because each takes a share of a turn's statements; fewer of them leave the server's
    /// processors idle and put more statements behind a slow one.
    static let mostLanes = 4

    private enum State {
        case none
        case made([PostgreSQLPipelines], turn: Int)
        case closed
    }

    private let state = Locked(State.none)

    /// The sessions to use: those of the caller's reactor, or from elsewhere of each reactor in its turn.
    ///
    /// - Throws: `DatabaseError` with code `connectionClosed` after `close()`.
    func current(of connector: PostgreSQLConnector) throws(DatabaseError) -> PostgreSQLPipelines {
        try state.withLock { state throws(DatabaseError) in
            switch state {
            case .made(let pipelines, let turn):
                if let here = pipelines.first(where: { $0.reactor.isCurrent }) { return here }
                state = .made(pipelines, turn: (turn + 1) % pipelines.count)
                return pipelines[turn]
            case .closed: throw .sharedSessionsClosed
            case .none:
                let pipelines = try Self.pipelines(of: connector)
                state = .made(pipelines, turn: 0)
                return pipelines[0]
            }
        }
    }

    private static func pipelines(of connector: PostgreSQLConnector) throws(DatabaseError) -> [PostgreSQLPipelines] {
        var pipelines: [PostgreSQLPipelines] = []
        for _ in 0..<Reactor.sharedCount {
            pipelines.append(
                PostgreSQLPipelines(
                    options: connector.options,
                    mostLanes: max(1, mostLanes / Reactor.sharedCount),
                    reactor: try Reactor.next(),
                    logger: connector.logger
                )
            )
        }
        return pipelines
    }

    /// Makes no more; returns what was made.
    func close() -> [PostgreSQLPipelines] {
        state.withLock { state in
            defer { state = .closed }
            if case .made(let pipelines, _) = state { return pipelines }
            return []
        }
    }
}
#endif

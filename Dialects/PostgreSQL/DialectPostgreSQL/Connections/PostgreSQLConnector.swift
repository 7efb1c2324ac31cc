#if PostgreSQL
internal import DialectCore
internal import DialectReactor
internal import Locking
internal import Logging

/// Opens sessions with one PostgreSQL database.
final class PostgreSQLConnector: Connector {
    let options: PostgreSQLOptions
    let logger: Logger
    let preferredExecutor = Reactor.sharedTaskExecutor
    let pipelines = PostgreSQLSharedSessions()
    /// Whether the log says already that a pooler is between.
    private let hasReportedPooler = Locked(false)

    init(options: PostgreSQLOptions, logger: Logger) {
        self.options = options
        self.logger = logger
    }

    func connect() async throws(DatabaseError) -> any Connection { try await open() }

    func open() async throws(DatabaseError) -> PostgreSQLConnection {
        guard !Task.isCancelled else { throw DatabaseError(.cancelled, "Opening a connection was cancelled.") }
        let connection = PostgreSQLConnection(options: options, reactor: try Reactor.next(), logger: logger)
        do throws(DatabaseError) {
            try await connection.open()
        } catch {
            await connection.close()
            throw error
        }
        if await connection.isPooled { reportPooler() }
        return connection
    }

    private func reportPooler() {
        let isFirst = hasReportedPooler.withLock { hasReported in
            defer { hasReported = true }
            return !hasReported
        }
        guard isFirst else { return }
        logger.notice(
            """
            A transaction pooler such as PgBouncer is between: statements are prepared each time, and session locks and \
            LISTEN are refused. The URL option pgbouncer=false says otherwise
            """
        )
    }
}
#endif

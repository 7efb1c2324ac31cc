#if MySQL
internal import DialectCore
internal import DialectReactor
internal import Logging

/// Opens sessions with the servers of a URL.
struct MySQLConnector: Connector {
    let preferredExecutor = Reactor.sharedTaskExecutor
    private let options: MySQLOptions
    private let logger: Logger
    private let killer: MySQLKiller
    private let line = MySQLOpeningLine()

    init(options: MySQLOptions, logger: Logger) {
        self.options = options
        self.logger = logger
        killer = MySQLKiller(options: options)
    }

    func connect() async throws(DatabaseError) -> any Connection {
        let reactor = try Reactor.next()
        let errand = MySQLErrand<MySQLSession>(dispose: { $0.giveUp() })
        let deadline = ContinuousClock.now + options.connectTimeout
        let session = try await errand.run(within: options.connectTimeout) { [options, line] errand in
            if options.readsSystemAuthorities { line.enter() }
            defer { if options.readsSystemAuthorities { line.leave() } }
            return MySQLOpening(options: options, willWait: errand.willWait).open(until: deadline)
        }
        let connection = MySQLConnection(
            session,
            options: options,
            killer: killer,
            reactor: reactor,
            logger: logger
        )
        await connection.start()
        return connection
    }
}
#endif

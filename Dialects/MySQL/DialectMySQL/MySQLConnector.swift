#if MySQL
internal import DialectCore
internal import DialectReactor
internal import Logging

/// Opens sessions with the servers of a URL.
struct MySQLConnector: Connector {
    let options: MySQLOptions
    let logger: Logger

    func connect() async throws(DatabaseError) -> any Connection {
        let reactor = try Reactor.next()
        let errand = MySQLErrand<MySQLSession>(dispose: { $0.giveUp() })
        let options = options
        let session = try await errand.run(within: options.connectTimeout) { errand in
            MySQLOpening(options: options, willWait: errand.willWait).open()
        }
        let connection = MySQLConnection(session, options: options, reactor: reactor, logger: logger)
        await connection.start()
        return connection
    }
}
#endif

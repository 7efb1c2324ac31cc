import CPeers
import DialectCore

/// The plain C programs over the servers' own clients.
enum ServerPeer: String, CaseIterable {
    /// One statement at a time on each of 16 sessions, one epoll.
    case c = "c"
    /// Few sessions in pipeline mode, a Sync and a packet for each statement.
    case cPipelineEach = "c-pipeline-each"
    /// Few sessions in pipeline mode, what is ready at once sent together.
    case cPipelineBatched = "c-pipeline-batched"
    /// 10,000 rows of four columns on one session that blocks.
    case cRows = "c-rows"

    /// Does the work for about that long, on the thread of the caller, which it blocks.
    func run(_ address: ServerAddress, for duration: Duration) throws -> Tally {
        let seconds = duration / .seconds(1)
        let shape = cpeers_shape(sessions: Int32(ServerSelects.sessions), tasks: Int32(ServerSelects.tasks))
        let few = cpeers_shape(sessions: 4, tasks: Int32(ServerSelects.tasks))
        var tally = cpeers_tally()
        let code =
            switch (address.server, self) {
            case (.postgresql, .c): cpeers_postgresql_select(address.url, shape, seconds, &tally)
            case (.postgresql, .cPipelineEach): cpeers_postgresql_pipeline(address.url, few, 0, seconds, &tally)
            case (.postgresql, .cPipelineBatched): cpeers_postgresql_pipeline(address.url, few, 1, seconds, &tally)
            case (.postgresql, .cRows): cpeers_postgresql_rows(address.url, seconds, &tally)
            case (.mariadb, .c): try address.withCAddress { cpeers_mariadb_select($0, shape, seconds, &tally) }
            case (.mariadb, .cRows): try address.withCAddress { cpeers_mariadb_rows($0, seconds, &tally) }
            case (.mariadb, _): throw Failure.unknown(rawValue)
            }
        guard code == 0 else { throw Failure.peer(code: code) }
        return Tally(operations: Int(tally.operations), elapsed: .seconds(tally.seconds))
    }
}

/// A server of the runner's.
struct ServerAddress {
    enum Server: String {
        case postgresql
        case mariadb
    }

    let server: Server
    let url: String

    /// Gives the parts of the URL, which `servers.sh` made, as C strings.
    func withCAddress<Result>(_ body: (cpeers_address) throws -> Result) throws -> Result {
        let parts = try DatabaseURL(url)
        guard let host = parts.hosts.first, let port = host.port, let user = parts.user, let database = parts.database
        else { throw Failure.unknown("a URL without a host, a port, a user or a database") }
        return try host.name.withCString { host in
            try user.withCString { user in
                try (parts.password?.reveal() ?? "").withCString { password in
                    try database.withCString { database in
                        try body(
                            cpeers_address(
                                host: host,
                                port: UInt32(port),
                                user: user,
                                password: password,
                                database: database
                            )
                        )
                    }
                }
            }
        }
    }
}

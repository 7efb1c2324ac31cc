import CPeers
import DialectCore

/// A server's address as libmariadb wants it, in parts.
struct CAddress {
    let url: DatabaseURL

    /// Gives the parts of the URL as C strings.
    func withCAddress<Result>(_ body: (cpeers_address) throws -> Result) throws -> Result {
        guard let host = url.host, let port = url.port, let user = url.user, let database = url.database else {
            throw Failure.unknown("a URL without a host, a port, a user or a database")
        }
        return try host.withCString { host in
            try user.withCString { user in
                try (url.password?.reveal() ?? "").withCString { password in
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

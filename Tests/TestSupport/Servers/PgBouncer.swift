import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A PgBouncer before a PostgreSQL server: each transaction may run in another of the server's sessions.
package struct PgBouncer: Sendable {
    /// The port on 127.0.0.1, for `PostgreSQLServer.url(database:port:)`.
    package let port: Int

    /// Whether tests that need it run: the program is there, or it has to be.
    package static var isAvailable: Bool {
        (programs.has(["pgbouncer"]) || ServerPrograms.areRequired) && PostgreSQLServer.isAvailable
    }

    private static let programs = ServerPrograms()

    /// Starts one, gives it to `body`, and ends it whatever happens.
    ///
    /// - Parameters:
    ///   - server: The server behind it, all of whose databases it offers.
    ///   - settings: Its own settings, such as `["pool_mode": "session"]`; the mode is `transaction` otherwise.
    ///   - body: What uses it.
    /// - Returns: What `body` returns.
    /// - Throws: `ServerFailure` when it does not come up, and what `body` throws.
    package static func with<Result>(
        before server: PostgreSQLServer,
        settings: [String: String] = [:],
        _ body: (PgBouncer) async throws -> Result
    ) async throws -> Result {
        let port = try LoopbackSocket.freePort()
        let folder = try ServerUser.makeFolder("pgbouncer")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let user = try ServerUser(preferring: ["postgres"])
        let configuration = try configure(before: server, at: port, in: folder, settings: settings)
        try user.own(folder)
        let process = try ServerProcess(
            user.prefix + [try programs.find("pgbouncer"), configuration],
            folder: folder,
            endedBy: "KILL",
            log: "\(folder)/log"
        )
        try await process.waitUntilReady {
            (try? await server.query("SELECT 1", database: nil, port: port)) != nil
        }
        let result: Result
        do {
            result = try await body(PgBouncer(port: port))
        } catch {
            try? await process.end(by: SIGKILL)
            throw error
        }
        try await process.end(by: SIGKILL)
        return result
    }

    /// Writes the file of settings, and gives its path.
    private static func configure(
        before server: PostgreSQLServer,
        at port: Int,
        in folder: String,
        settings: [String: String]
    ) throws -> String {
        let standard = [
            "listen_addr": "127.0.0.1",
            "listen_port": "\(port)",
            "unix_socket_dir": "",
            "auth_type": "scram-sha-256",
            "auth_file": "\(folder)/users",
            "pool_mode": "transaction",
            "max_client_conn": "300",
            "default_pool_size": "20",
        ]
        let lines = standard.merging(settings) { $1 }.map { "\($0.key) = \($0.value)" }.sorted()
        let path = "\(folder)/pgbouncer.ini"
        try """
        [databases]
        * = host=127.0.0.1 port=\(server.port)
        [pgbouncer]
        \(lines.joined(separator: "\n"))
        """.write(toFile: path, atomically: false, encoding: .utf8)
        // With the password itself it can prove to know it on both sides.
        try "\"\(server.user)\" \"\(server.password)\"\n"
            .write(toFile: "\(folder)/users", atomically: false, encoding: .utf8)
        return path
    }
}

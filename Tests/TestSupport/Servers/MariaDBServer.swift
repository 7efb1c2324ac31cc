import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A MariaDB server.
///
/// TLS is on and optional. Nothing but the options below is set, so sessions begin with the server's own SQL mode and, as
/// on Debian, with `utf8mb4`.
package actor MariaDBServer: DatabaseServer {
    package nonisolated let port: Int
    package nonisolated let user = "tester"
    package nonisolated let password: String
    package nonisolated let folder: String
    package nonisolated let certificates: ThrowAwayCertificates

    /// The path of the Unix socket.
    package nonisolated var socket: String { "\(folder)/socket" }

    private let serverUser: ServerUser
    private let settings: [String: String]
    private var process: ServerProcess?

    package static var isAvailable: Bool {
        programs.has(["mariadb-install-db", "mariadbd", "mariadb", "openssl"]) || ServerPrograms.areRequired
    }

    private static let sharedServer = Task { try await MariaDBServer() }

    package static func shared() async throws -> MariaDBServer { try await sharedServer.value }

    /// A running server of a test's own.
    ///
    /// - Parameter settings: Options of the server, such as `["max-connections": "10"]`.
    /// - Throws: `ServerFailure` when a program is missing, or the server does not come up within a minute.
    package init(settings: [String: String] = [:]) async throws {
        port = try LoopbackSocket.freePort()
        password = UUID().uuidString
        serverUser = try ServerUser(preferring: ["mysql"])
        self.settings = settings
        folder = try ServerUser.makeFolder("mariadb")
        do {
            certificates = try await ThrowAwayCertificates(in: folder)
            try await initialize()
            try await start()
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    package func start() async throws {
        guard process == nil else { return }
        let options = options.merging(settings) { $1 }
        let process = try ServerProcess(
            serverUser.prefix + [try Self.programs.find("mariadbd"), "--no-defaults", "--skip-name-resolve"]
                + options.map { "--\($0.key)=\($0.value)" },
            folder: folder,
            endedBy: "KILL",
            log: "\(folder)/log"
        )
        try await process.waitUntilReady {
            (try? await Self.programs.run(
                "mariadb",
                ["--no-defaults", "--host=127.0.0.1", "--port=\(port)", "--user=\(user)", "--execute=SELECT 1"],
                environment: ["MYSQL_PWD": password]
            )) != nil
        }
        self.process = process
    }

    package func stop(mode: ServerStop) async throws {
        guard let process else { return }
        self.process = nil
        try await process.end(by: mode == .fast ? SIGTERM : SIGKILL)
    }

    package nonisolated func url(database: String, port: Int?) -> String {
        "mariadb://\(user):\(password)@127.0.0.1:\(port ?? self.port)/\(database)"
    }

    @discardableResult
    package nonisolated func query(_ sql: String, database: String?) async throws -> String {
        let output = try await Self.programs.run(
            "mariadb",
            ["--no-defaults", "--socket=\(socket)", "--user=\(user)", "--default-character-set=utf8mb4"]
                + ["--batch", "--raw", "--skip-column-names", "--execute=\(sql)", database ?? "mysql"],
            environment: ["MYSQL_PWD": password]
        )
        return output.trimmingCharacters(in: .newlines)
    }

    package nonisolated func pipe(_ script: String, into database: String) async throws {
        try await Self.programs.run(
            "mariadb",
            ["--no-defaults", "--socket=\(socket)", "--user=\(user)", "--default-character-set=utf8mb4", database],
            environment: ["MYSQL_PWD": password],
            input: script
        )
    }

    package nonisolated func createDatabase(_ name: String) async throws {
        try await query("CREATE DATABASE \(name)")
    }

    package nonisolated func dropDatabase(_ name: String) async throws {
        // It waits for whoever is in a transaction there, so they are sent away first.
        let sessions = try await query("SELECT id FROM information_schema.processlist WHERE db = '\(name)'")
        for session in sessions.split(separator: "\n") { _ = try? await query("KILL \(session)") }
        try await query("DROP DATABASE IF EXISTS \(name)")
    }

    private nonisolated var data: String { "\(folder)/data" }
    private nonisolated var firstStatements: String { "\(folder)/first.sql" }

    private nonisolated func initialize() async throws {
        // Run at every start, before the first connection.
        let statements = ["localhost", "127.0.0.1"].map { host in
            """
            CREATE USER IF NOT EXISTS \(user)@'\(host)' IDENTIFIED BY '\(password)';
            GRANT ALL ON *.* TO \(user)@'\(host)' WITH GRANT OPTION;
            """
        }
        try statements.joined(separator: "\n").write(toFile: firstStatements, atomically: false, encoding: .utf8)
        try serverUser.own(folder)
        try await Self.programs.run(
            "mariadb-install-db",
            ["--no-defaults", "--datadir=\(data)", "--auth-root-authentication-method=normal", "--skip-test-db"]
                + ["--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0"],
            environment: ["TMPDIR": folder],
            as: serverUser.prefix,
            in: folder
        )
    }

    private nonisolated var options: [String: String] {
        [
            "datadir": data,
            "tmpdir": folder,
            "socket": socket,
            "pid-file": "\(folder)/pid",
            "init-file": firstStatements,
            "port": "\(port)",
            "bind-address": "127.0.0.1",
            "ssl-ca": certificates.authority,
            "ssl-cert": certificates.server,
            "ssl-key": certificates.serverKey,
            "character-set-server": "utf8mb4",
            "max-connections": "400",
            "innodb-flush-log-at-trx-commit": "0",
            "innodb-buffer-pool-size": "64M",
            // Containers often allow only a few asynchronous requests for all processes together.
            "innodb-use-native-aio": "0",
        ]
    }

    private static let programs = ServerPrograms()
}

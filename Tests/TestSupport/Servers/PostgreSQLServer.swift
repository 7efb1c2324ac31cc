import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A PostgreSQL cluster.
///
/// Passwords are checked with SCRAM on TCP and on the socket. TLS is on and optional; the role `certified` gets in only by
/// TLS with the client's certificate. The newest PostgreSQL that is installed is taken.
package actor PostgreSQLServer: DatabaseServer {
    package nonisolated let port: Int
    package nonisolated let user = "tester"
    package nonisolated let password: String
    package nonisolated let folder: String
    package nonisolated let certificates: ThrowAwayCertificates

    private let serverUser: ServerUser
    private let settings: [String: String]
    private var process: ServerProcess?

    package static var isAvailable: Bool {
        programs.has(["initdb", "postgres", "psql", "openssl"]) || ServerPrograms.areRequired
    }

    private static let sharedServer = Task { try await PostgreSQLServer() }

    package static func shared() async throws -> PostgreSQLServer { try await sharedServer.value }

    /// A running server of a test's own.
    ///
    /// - Parameter settings: Parameters of `postgresql.conf`, such as `["fsync": "on"]`.
    /// - Throws: `ServerFailure` when a program is missing, or the server does not come up within a minute.
    package init(settings: [String: String] = [:]) async throws {
        port = try LoopbackSocket.freePort()
        password = UUID().uuidString
        serverUser = try ServerUser(preferring: ["postgres"])
        self.settings = settings
        folder = try ServerUser.makeFolder("postgresql")
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
        let parameters = Self.parameters.merging(certificateParameters) { $1 }.merging(settings) { $1 }
        let process = try ServerProcess(
            serverUser.prefix + [try Self.programs.find("postgres"), "-D", data, "-p", "\(port)", "-k", folder]
                + parameters.flatMap { ["-c", "\($0.key)=\($0.value)"] },
            folder: folder,
            endedBy: "QUIT",
            log: "\(folder)/log"
        )
        try await process.waitUntilReady {
            (try? await Self.programs.run("pg_isready", ["-h", "127.0.0.1", "-p", "\(port)"])) != nil
        }
        self.process = process
    }

    package func stop(mode: ServerStop) async throws {
        guard let process else { return }
        self.process = nil
        // The two signals of its manual for these two ways.
        try await process.end(by: mode == .fast ? SIGINT : SIGQUIT)
    }

    package nonisolated func url(database: String, port: Int?) -> String {
        "postgresql://\(user):\(password)@127.0.0.1:\(port ?? self.port)/\(database)"
    }

    @discardableResult
    package nonisolated func query(_ sql: String, database: String?) async throws -> String {
        try await query(sql, database: database, port: nil)
    }

    /// Asks by the socket, or by TCP at the port of what stands in between.
    @discardableResult
    nonisolated func query(_ sql: String, database: String?, port: Int?) async throws -> String {
        let arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database ?? "postgres", "-c", sql]
        let output = try await Self.programs.run(
            "psql",
            ["-h", port == nil ? folder : "127.0.0.1", "-p", "\(port ?? self.port)", "-U", user] + arguments,
            environment: ["PGPASSWORD": password]
        )
        return output.trimmingCharacters(in: .newlines)
    }

    package nonisolated func pipe(_ script: String, into database: String) async throws {
        try await Self.programs.run(
            "psql",
            ["-h", folder, "-p", "\(port)", "-U", user, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database],
            environment: ["PGPASSWORD": password],
            input: script
        )
    }

    package nonisolated func createDatabase(_ name: String) async throws {
        try await query("CREATE DATABASE \(name)")
    }

    package nonisolated func dropDatabase(_ name: String) async throws {
        try await query("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    private nonisolated var data: String { "\(folder)/data" }

    private nonisolated func initialize() async throws {
        let passwordFile = "\(folder)/password"
        try password.write(toFile: passwordFile, atomically: false, encoding: .utf8)
        try serverUser.own(folder)
        try await Self.programs.run(
            "initdb",
            ["-D", data, "-U", user, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8"]
                + ["--no-locale", "--no-sync", "--no-instructions"],
            as: serverUser.prefix,
            in: folder
        )
        let rules = "\(data)/pg_hba.conf"
        let passwords = try String(contentsOfFile: rules, encoding: .utf8)
        try """
        hostssl all \(ThrowAwayCertificates.clientName) 127.0.0.1/32 cert
        host all \(ThrowAwayCertificates.clientName) 127.0.0.1/32 reject
        \(passwords)
        """.write(toFile: rules, atomically: false, encoding: .utf8)
    }

    private nonisolated var certificateParameters: [String: String] {
        [
            "ssl": "on",
            "ssl_ca_file": certificates.authority,
            "ssl_cert_file": certificates.server,
            "ssl_key_file": certificates.serverKey,
        ]
    }

    private static let parameters = [
        "listen_addresses": "127.0.0.1",
        "max_connections": "300",
        "shared_buffers": "32MB",
        "fsync": "off",
        "full_page_writes": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
    ]

    /// Debian keeps the programs of each version in a folder of its own.
    private static let programs: ServerPrograms = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let newestFirst = versions.compactMap(Int.init).sorted(by: >)
        return ServerPrograms(folders: newestFirst.map { "/usr/lib/postgresql/\($0)/bin" })
    }()
}

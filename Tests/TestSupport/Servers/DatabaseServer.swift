import Foundation

/// A real database server that a test run starts, and that ends with it.
///
/// It listens on 127.0.0.1 and on a Unix socket, keeps its files in a folder of its own below `/tmp`, and asks for a
/// password. It trades durability for speed: a machine that crashes loses the data, a server that is killed does not.
///
/// Suites say that they need one: `@Suite(.enabled(if: PostgreSQLServer.isAvailable))`. Where its programs are missing
/// they are skipped; where `REQUIRE_DATABASES` is `1` they run, and fail because there is none.
package protocol DatabaseServer: Actor {
    /// Whether tests that need the server run: its programs are there, or they have to be.
    static var isAvailable: Bool { get }

    /// The one server that all tests of the process share, started by the first who asks.
    ///
    /// A test makes databases of its own in it and does not stop it.
    static func shared() async throws -> Self

    /// A running server of a test's own, for tests that restart or kill one.
    ///
    /// - Parameter settings: The server's own settings, which go before those of this type.
    /// - Throws: `ServerFailure` when a program is missing, or the server does not come up within a minute.
    init(settings: [String: String]) async throws

    /// The port on 127.0.0.1; the same after a restart.
    nonisolated var port: Int { get }
    /// The name of a user who may do everything.
    nonisolated var user: String { get }
    /// That user's password.
    nonisolated var password: String { get }
    /// The folder of the server's files, the log and the socket among them.
    nonisolated var folder: String { get }
    /// The certificates with which the server speaks TLS.
    nonisolated var certificates: ThrowAwayCertificates { get }

    /// The URL of a database, for `Engine(url:)`.
    ///
    /// - Parameters:
    ///   - database: Its name.
    ///   - port: The port of a proxy, when the server is not to be reached at its own.
    /// - Returns: A URL with the password.
    nonisolated func url(database: String, port: Int?) -> String

    /// Asks the server through its own command line client, that is, past everything under test.
    ///
    /// - Parameters:
    ///   - sql: One or several statements.
    ///   - database: Where they run; in the database that is always there when nil.
    /// - Returns: A line for each row, its cells separated as the client does.
    /// - Throws: `ServerFailure` with what the client said.
    @discardableResult
    nonisolated func query(_ sql: String, database: String?) async throws -> String

    /// Pipes a script into the server's own command line client, which stops at the first error.
    ///
    /// - Throws: `ServerFailure` with what the client said.
    nonisolated func pipe(_ script: String, into database: String) async throws

    /// Ends the server and waits until it has ended.
    func stop(mode: ServerStop) async throws

    /// Starts the server again, and waits until it takes connections.
    func start() async throws

    /// Makes a database.
    nonisolated func createDatabase(_ name: String) async throws
    /// Removes a database, whoever uses it.
    nonisolated func dropDatabase(_ name: String) async throws
}

/// How a server is ended.
package enum ServerStop: Sendable {
    /// It rolls back what runs, writes what it has, and ends.
    case fast
    /// It leaves everything as it is, and recovers when it starts again.
    case immediate
}

/// A server, or one of its programs, did not do what a test needs.
package struct ServerFailure: Error, CustomStringConvertible {
    /// What happened, with what the program said.
    package let description: String
}

extension DatabaseServer {
    /// The URL of a database at the server's own port.
    package nonisolated func url(database: String) -> String { url(database: database, port: nil) }

    /// Asks in the database that is always there.
    @discardableResult
    package nonisolated func query(_ sql: String) async throws -> String { try await query(sql, database: nil) }

    /// Ends the server as a crash does: without a word to it.
    package func kill() async throws { try await stop(mode: .immediate) }

    /// Gives `body` the URL of a new database, and drops the database whatever happens.
    package nonisolated func withDatabase<Result>(
        _ body: (_ url: String) async throws -> Result
    ) async throws -> Result {
        try await withDatabaseName { name in try await body(url(database: name)) }
    }

    /// Gives `body` the name of a new database, and drops the database whatever happens.
    package nonisolated func withDatabaseName<Result>(
        _ body: (_ name: String) async throws -> Result
    ) async throws -> Result {
        let name = "test_" + UUID().uuidString.replacing("-", with: "").lowercased()
        try await createDatabase(name)
        let result: Result
        do {
            result = try await body(name)
        } catch {
            await drop(name)
            throw error
        }
        await drop(name)
        return result
    }

    /// Drops a database although the test's task may be cancelled.
    ///
    /// A server that the test has ended cannot, and need not: its folder goes as a whole.
    private nonisolated func drop(_ name: String) async {
        await Task { try? await dropDatabase(name) }.value
    }

    /// Starts a server of the test's own, gives it to `body`, and removes it with all its files whatever happens.
    package static func with<Result>(
        settings: [String: String] = [:],
        _ body: (Self) async throws -> Result
    ) async throws -> Result {
        let server = try await Self(settings: settings)
        let result: Result
        do {
            result = try await body(server)
        } catch {
            await server.remove()
            throw error
        }
        await server.remove()
        return result
    }

    private func remove() async {
        try? await stop(mode: .immediate)
        try? FileManager.default.removeItem(atPath: folder)
    }
}

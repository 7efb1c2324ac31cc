#if MySQL
import DialectCore
import DialectMySQL
import Foundation
import Logging
import TestSupport

/// Gives `body` a connection to a new database of the shared server, and closes it whatever happens.
func withConnection<Result>(
    options: String = "",
    _ body: (any Connection) async throws -> Result
) async throws -> Result {
    try await withDatabase { url in try await withConnection(to: url + options, body) }
}

/// Gives `body` the URL of a new database of the shared server.
func withDatabase<Result>(_ body: (_ url: String) async throws -> Result) async throws -> Result {
    try await MariaDBServer.shared().withDatabase(body)
}

/// Gives `body` a connection to a database, and closes it whatever happens.
func withConnection<Result>(
    to url: String,
    _ body: (any Connection) async throws -> Result
) async throws -> Result {
    let connection = try await connect(to: url)
    let result: Result
    do {
        result = try await body(connection)
    } catch {
        await connection.close()
        throw error
    }
    await connection.close()
    return result
}

/// Opens a session, with TLS when the environment has `MYSQL_TESTS_TLS` and the URL does not say.
func connect(to url: String) async throws -> any Connection {
    var url = url
    if ProcessInfo.processInfo.environment["MYSQL_TESTS_TLS"] != nil, !url.contains("ssl") {
        url += (url.contains("?") ? "&" : "?") + "ssl_mode=required"
    }
    return try await MySQLDialect().connector(for: DatabaseURL(url), logger: quietLogger).connect()
}

let quietLogger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

/// The error that a body throws, nil when it throws none.
func failure<Result>(_ body: () async throws -> Result) async -> DatabaseError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? DatabaseError
    }
}

extension Connection {
    /// The one value that a statement gives.
    func value<Value: SQLDecodable>(_ statement: Statement, as type: Value.Type = Value.self) async throws -> Value {
        let rows = try await execute(statement).rows
        return try rows[0].decode(Value.self, at: 0)
    }
}
#endif

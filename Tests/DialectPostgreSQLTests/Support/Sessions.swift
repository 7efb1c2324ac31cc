#if PostgreSQL
import DialectCore
import DialectReactor
import Logging
import Testing
import TestSupport

@testable import DialectPostgreSQL

/// Opens a session with a URL, gives it to `body`, and closes it whatever happens.
func withSession<Result>(
    _ url: String,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    _ body: (PostgreSQLConnection) async throws -> Result
) async throws -> Result {
    let connector = PostgreSQLConnector(options: try PostgreSQLOptions(DatabaseURL(url)), logger: logger)
    let connection = try await connector.open()
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

/// A session with a new database on the shared server.
func withSession<Result>(
    options: String = "",
    _ body: (PostgreSQLConnection) async throws -> Result
) async throws -> Result {
    try await PostgreSQLServer.shared().withDatabase { url in try await withSession(url + options, body) }
}

/// The `DatabaseError` that `body` throws.
func failure<Result>(
    _ body: () async throws -> Result,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> DatabaseError {
    var caught: DatabaseError?
    do { _ = try await body() } catch let error as DatabaseError { caught = error }
    return try #require(caught, "nothing was thrown", sourceLocation: sourceLocation)
}

/// The one value of a statement's result.
func scalar<Value: SQLDecodable>(
    _ statement: Statement,
    as type: Value.Type = Value.self,
    _ connection: PostgreSQLConnection
) async throws -> Value {
    let rows = try await connection.execute(statement).rows
    return try #require(rows.first).cell(at: 0).read(type)
}

extension Cell {
    fileprivate func read<Value: SQLDecodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}

/// Waits until a condition of the server holds.
func waitUntil(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }  // Another process is asked.
}
#endif

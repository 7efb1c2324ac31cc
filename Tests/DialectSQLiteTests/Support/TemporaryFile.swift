#if SQLite
import DialectCore
import DialectSQLite
import Foundation
import Logging
import Testing

@testable import SQLiteFamily

/// Runs a test with a folder of its own, which is gone afterwards.
@discardableResult
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sqlite-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// The connector of a file, or of a database in memory, with a query such as `timeout=0.1`.
func connector(_ path: String?, _ query: String = "") throws -> SQLiteConnector {
    let url = try DatabaseURL("sqlite://" + (path.map { "/" + $0 } ?? "") + (query.isEmpty ? "" : "?" + query))
    return SQLiteConnector(dialect: SQLiteDialect(), options: try SQLiteOptions(url), logger: quiet)
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Opens a connection for a test and closes it afterwards.
@discardableResult
func withConnection<Result>(
    _ connector: SQLiteConnector,
    _ body: (SQLiteConnection) async throws -> Result
) async throws -> Result {
    let connection = try await connector.open()
    do {
        let result = try await body(connection)
        await connection.close()
        return result
    } catch {
        await connection.close()
        throw error
    }
}

/// A connection to a new file.
@discardableResult
func withFile<Result>(_ query: String = "", _ body: (SQLiteConnection) async throws -> Result) async throws -> Result {
    try await withFolder { folder in
        try await withConnection(connector(folder + "/test.db", query), body)
    }
}

/// A connection to a database in memory.
@discardableResult
func withMemory<Result>(_ body: (SQLiteConnection) async throws -> Result) async throws -> Result {
    try await withConnection(connector(nil), body)
}

/// The one cell of a result with one row and one column.
func scalar<Value: SQLDecodable>(
    _ statement: Statement,
    as type: Value.Type = Value.self,
    _ connection: SQLiteConnection
) async throws -> Value {
    let rows = try await connection.execute(statement).rows
    return try #require(rows.first).decode(Value.self, at: 0)
}

/// How many rows a statement reports.
func affected(_ statement: Statement, _ connection: SQLiteConnection) async throws -> Int {
    try await connection.execute(statement).affectedRows
}

/// The names of the columns that a statement gives.
func columns(_ statement: Statement, _ connection: SQLiteConnection) async throws -> [String] {
    try await connection.execute(statement).rows.columns.map(\.name)
}

/// The error that a call throws, which must be a `DatabaseError`.
func failure<Result>(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Result
) async throws -> DatabaseError {
    do {
        _ = try await body()
    } catch let error as DatabaseError {
        return error
    }
    try #require(Bool(false), "no error was thrown", sourceLocation: sourceLocation)
    throw CancellationError()
}
#endif

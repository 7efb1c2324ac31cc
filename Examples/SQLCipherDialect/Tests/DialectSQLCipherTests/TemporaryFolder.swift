import CSQLCipher
import DialectCore
import Foundation
import Logging
import Testing

/// Runs a test with a folder of its own, which is gone afterwards.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sqlcipher-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Opens a session as an engine does.
func open(_ url: String) async throws -> any Connection {
    let url = try DatabaseURL(url)
    let dialect = try DialectRegistry.linked().dialect(for: url.scheme)
    return try await dialect.connector(for: url, logger: quiet).connect()
}

/// Opens a session, and closes it whatever happens.
@discardableResult
func withSession<Result>(_ url: String, _ body: (any Connection) async throws -> Result) async throws -> Result {
    let connection = try await open(url)
    do {
        let result = try await body(connection)
        await connection.close()
        return result
    } catch {
        await connection.close()
        throw error
    }
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

/// Makes an unencrypted database, which SQLCipher does for whoever sets no key.
func makePlainDatabase(_ path: String) throws {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    try #require(sqlite3_open(path, &database) == SQLITE_OK)
    try #require(sqlite3_exec(database, "CREATE TABLE t (a)", nil, nil, nil) == SQLITE_OK)
}

extension String {
    /// Whether a text that must stay secret is in it.
    func tells(_ secret: String) -> Bool { localizedCaseInsensitiveContains(secret) }
}

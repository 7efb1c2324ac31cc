import Foundation
import TestSupport

/// The Python library's migration, which ends at one of its statements.
///
/// See `Python/interrupted.py`.
enum InterruptedPython {
    /// Migrates databases, each to the statement, counted from 1, before which the process ends.
    ///
    /// Past the last one it migrates to the end. Gives for each nil when it was stopped, or how many statements there were.
    static func migrate(
        _ stops: [(url: String, statement: Int)],
        usesSQLAlchemy20: Bool = false
    ) async throws -> [Int?] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Python/interrupted.py")
        let prelude = usesSQLAlchemy20 ? try PythonAccounts.preludeOfSQLAlchemy20() : ""
        let output = try await PythonInterpreter.find().run(
            script: prelude + String(contentsOf: script, encoding: .utf8),
            standardInput: stops.map { "\($0.url) \($0.statement)\n" }.joined()
        )
        return output.split(separator: "\n").map { line in
            line == "stopped" ? nil : line.split(separator: " ").last.flatMap { Int($0) }
        }
    }
}

extension DatabaseKind {
    /// Gives `body` several empty databases, and removes them whatever happens.
    func withDatabases(
        _ count: Int,
        _ databases: [TestDatabase] = [],
        _ body: ([TestDatabase]) async throws -> Void
    ) async throws {
        guard databases.count < count else { return try await body(databases) }
        try await withDatabase { database in try await withDatabases(count, databases + [database], body) }
    }
}

#if SQLite
import DialectCore
import Foundation
import Testing

@testable import SQLiteFamily

/// A statement that runs until it is interrupted.
let endless: Statement = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

/// Waits until something that happens on another thread is so, for a minute at most.
func eventually(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if try await condition() { return }
        // What is waited for happens on a thread that has no way to tell.
        try await Task.sleep(for: .milliseconds(2))
    }
    Issue.record("it did not happen within a minute", sourceLocation: sourceLocation)
}

/// Whether this process has a file open whose path ends so.
func hasOpenFile(_ suffix: String) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").contains { descriptor in
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
        return path?.hasSuffix(suffix) ?? false
    }
}

func rename(_ path: String, to new: String) throws {
    try FileManager.default.moveItem(atPath: path, toPath: new)
}

extension SQLiteConnection {
    var cachedStatementCount: Int { database?.cachedStatementCount ?? 0 }
    var holdsSlot: Bool { slot != nil }
}
#endif

#if SQLite
import Foundation
import Testing

/// A Python process that holds a lock on a database file.
///
/// Another process, because locks of the same process are not what SQLite's clients meet.
final class OtherProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Whether Python is there; its sqlite3 module comes along.
    static let isAvailable = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

    /// Runs statements on a file and waits until they are done.
    ///
    /// The process stays until `finish()`, and then runs `last`.
    init(_ path: String, _ statements: [String], last: String = "COMMIT") throws {
        let script = """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
            for statement in sys.argv[3:]:
                connection.execute(statement).fetchall()
            print("ready", flush=True)
            sys.stdin.readline()
            connection.execute(sys.argv[2])
            connection.close()
            """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script, path, last] + statements
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let ready = output.fileHandleForReading.availableData
        try #require(String(decoding: ready, as: UTF8.self).contains("ready"))
    }

    /// Lets the process go on to its end.
    ///
    /// Returns before it has ended.
    func finish() { try? input.fileHandleForWriting.close() }

    deinit {
        finish()
        process.waitUntilExit()
    }
}
#endif

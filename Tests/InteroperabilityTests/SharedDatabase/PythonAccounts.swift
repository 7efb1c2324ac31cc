import Foundation
import TestSupport

/// The Python library at work on a database.
struct PythonAccounts {
    let databaseURL: String
    /// Whether the library runs on SQLAlchemy 2.0 instead of the newest.
    var usesSQLAlchemy20 = false

    /// Whether SQLAlchemy 2.0 is beside the library's environment, or has to be.
    static var hasSQLAlchemy20: Bool {
        guard let folder = try? sqlAlchemy20() else { return false }
        return FileManager.default.fileExists(atPath: folder)
            || ProcessInfo.processInfo.environment["REQUIRE_DATABASES"] == "1"
    }

    private static func sqlAlchemy20() throws -> String {
        let python = URL(fileURLWithPath: try PythonInterpreter.find().path)
        return python.deletingLastPathComponent().appendingPathComponent("../sqlalchemy-2.0").standardized.path
    }

    /// What a script begins with.
    private var prelude: String { get throws { usesSQLAlchemy20 ? try Self.preludeOfSQLAlchemy20() : "" } }

    /// What a script begins with that runs on SQLAlchemy 2.0.
    static func preludeOfSQLAlchemy20() throws -> String {
        """
        import sys; sys.path.insert(0, "\(try sqlAlchemy20())")
        import sqlalchemy; assert sqlalchemy.__version__.startswith("2.0"), sqlalchemy.__version__

        """
    }

    /// Runs commands one after the other, and gives the answer to each.
    ///
    /// See `Python/accounts.py`.
    func run(_ commands: [[String: String]]) async throws -> [[String: JSONValue]] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Python/accounts.py")
        let input = try commands.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        let output = try await PythonInterpreter.find().run(
            script: prelude + String(contentsOf: script, encoding: .utf8),
            arguments: [databaseURL],
            standardInput: input.joined(separator: "\n") + "\n"
        )
        return try output.split(separator: "\n").map { line in
            try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
        }
    }

    /// Runs one command.
    func run(_ command: [String: String]) async throws -> [String: JSONValue] {
        try await run([command]).first ?? [:]
    }

    /// Runs the Python library's own command line.
    func commandLine(_ arguments: [String]) async throws -> String {
        try await PythonInterpreter.find().run(
            script: prelude + "import sys; from authfort.cli import main; sys.argv[0] = 'authfort'; main()",
            arguments: arguments
        )
    }
}

/// A scalar of a JSON document.
enum JSONValue: Decodable, Hashable {
    case null
    case bool(Bool)
    case string(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}

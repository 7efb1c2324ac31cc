import FoundationEssentials
import Subprocess

/// The Python interpreter in whose environment the Python AuthFort is installed.
///
/// Tests that compare with the Python library run their scripts in it. Without one they are skipped; where
/// `REQUIRE_DATABASES` is `1` they run, and fail because there is none.
public struct PythonInterpreter: Sendable {
    /// The path of the executable.
    public let path: String

    /// Why no interpreter was found, or why a script failed.
    public struct Failure: Error, CustomStringConvertible {
        /// What happened and what to do next.
        public let description: String
    }

    /// Whether tests that need Python run: an interpreter is there, or there has to be one.
    ///
    /// Made for `@Suite(.enabled(if: PythonInterpreter.isAvailable))`.
    public static var isAvailable: Bool {
        (try? find()) != nil || ProcessInfo.processInfo.environment["REQUIRE_DATABASES"] == "1"
    }

    /// Finds the interpreter that `AUTHFORT_PYTHON` names, else the one of `.venv` in the package's folder.
    ///
    /// - Throws: `Failure` when neither is there.
    public static func find() throws -> PythonInterpreter {
        let named = ProcessInfo.processInfo.environment["AUTHFORT_PYTHON"] ?? ""
        let path = named.isEmpty ? packageFolder + "/.venv/bin/python" : named
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Failure(
                description: """
                    no Python interpreter at \(path): make a virtual environment, install \
                    'authfort[sqlite,mysql,fastapi]==0.0.31' in it, and name its python in AUTHFORT_PYTHON
                    """
            )
        }
        return PythonInterpreter(path: path)
    }

    /// Runs a script to its end.
    ///
    /// - Parameters:
    ///   - script: The Python source.
    ///   - arguments: What the script finds in `sys.argv`, from index 1.
    ///   - standardInput: What the script reads from `sys.stdin`, as UTF-8.
    /// - Returns: What the script wrote to its standard output.
    /// - Throws: `Failure` with the script's standard error when it ends with another status than 0.
    public func run(script: String, arguments: [String] = [], standardInput: String = "") async throws -> String {
        // `env` takes a path where the name of an executable may hold none.
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(["PYTHONUTF8=1", path, "-c", script] + arguments),
            input: .string(standardInput),
            output: .string(limit: Self.outputLimit),
            error: .string(limit: Self.outputLimit)
        )
        guard result.terminationStatus.isSuccess else {
            throw Failure(
                description: "\(path) ended with \(result.terminationStatus):\n\(result.standardError)"
            )
        }
        return result.standardOutput
    }

    private static let outputLimit = 256 << 20

    private static let packageFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(3).joined(separator: "/")
}

import Foundation
import Subprocess

/// An executable that was built together with the tests.
package struct BuiltProduct: Sendable {
    /// The path of the executable.
    package let path: String

    /// How a run ended.
    package struct Outcome: Sendable {
        /// Whether the exit code was 0.
        package let succeeded: Bool
        /// The exit code, or nil when a signal ended the process.
        package let exitCode: Int32?
        /// What it wrote to its standard output.
        package let output: String
        /// What it wrote to its standard error.
        package let errorOutput: String
    }

    /// No such executable was built.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    /// Finds an executable product beside the test bundle.
    package init(_ product: String) throws {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        path = folder.appendingPathComponent(product).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Missing(
                description: "no executable '\(product)' at \(path): build the tests with 'swift build --build-tests'"
            )
        }
    }

    /// Runs the executable to its end.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - environment: Variables to set beside those of the tests.
    ///   - standardInput: What it reads from its standard input.
    /// - Returns: How it ended.
    /// - Throws: `SubprocessError` when it could not be started.
    package func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        standardInput: String = ""
    ) async throws -> Outcome {
        // `env` takes a path where the name of an executable may hold none.
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(variables + [path] + arguments),
            input: .string(standardInput),
            output: .string(limit: 1 << 24),
            error: .string(limit: 1 << 24)
        )
        var exitCode: Int32?
        if case .exited(let code) = result.terminationStatus { exitCode = code }
        return Outcome(
            succeeded: result.terminationStatus.isSuccess,
            exitCode: exitCode,
            output: result.standardOutput,
            errorOutput: result.standardError
        )
    }
}

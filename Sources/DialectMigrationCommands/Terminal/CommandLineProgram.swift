public import ArgumentParser
internal import DialectCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Runs commands of swift-argument-parser with the exit codes of this package's.
public enum CommandLineProgram {
    /// The exit codes in words, for the help of a root command.
    public static let exitCodes =
        "Exit codes: 0 done, 1 refused by the database or the application, or drift found, 2 the command line is wrong."

    /// Does what the process's arguments say.
    ///
    /// Where that fails, an error is printed and the process ends: with 2 when the command line is wrong, and with 1, or
    /// what the command itself says, otherwise.
    public static func run<Root: ParsableCommand>(_ root: Root.Type) async {
        do {
            var command = try Root.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(root, reporting: error)
        }
    }

    private static func exit<Root: ParsableCommand>(_ root: Root.Type, reporting error: any Error) -> Never {
        switch Root.exitCode(for: error) {
        case .success:
            // The help or the version was asked for.
            print(Root.fullMessage(for: error))
            exit(withStatus: 0)
        case .validationFailure:
            printError(Root.fullMessage(for: error))
            exit(withStatus: 2)
        case let code where error is ExitCode:
            exit(withStatus: code.rawValue)
        default:
            printError("\(Root.configuration.commandName ?? "error"): \(describe(error))")
            exit(withStatus: 1)
        }
    }

    private static func exit(withStatus status: Int32) -> Never {
        #if canImport(Glibc)
        Glibc.exit(status)
        #elseif canImport(Musl)
        Musl.exit(status)
        #else
        Darwin.exit(status)
        #endif
    }

    /// The errors of this package are safe to show.
    ///
    /// What caused a database error is shown too when it is one of ours.
    private static func describe(_ error: any Error) -> String {
        guard let error = error as? DatabaseError, let cause = error.underlying as? DatabaseError else {
            return "\(error)"
        }
        return "\(error)\n  caused by \(cause)"
    }
}

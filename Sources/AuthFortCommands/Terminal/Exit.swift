import ArgumentParser
import AuthFort
import DialectCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension AuthFortCommand {
    /// Prints why the command ends, and ends the process with the exit code that the help promises.
    static func exit(reporting error: any Error) -> Never {
        switch exitCode(for: error) {
        case .success:
            // The help or the version was asked for.
            print(fullMessage(for: error))
            Self.exit(withStatus: 0)
        case .validationFailure:
            printError(fullMessage(for: error))
            Self.exit(withStatus: 2)
        case let code where error is ExitCode:
            Self.exit(withStatus: code.rawValue)
        default:
            printError("authfort: \(describe(error))")
            Self.exit(withStatus: 1)
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

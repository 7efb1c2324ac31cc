import ArgumentParser
import AuthFort
import Logging

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
    static let variable = "AUTHFORT_DATABASE_URL"

    @Option(
        name: .customLong("database-url"),
        help: ArgumentHelp("The database's URL. Default: the environment variable \(variable).", valueName: "url")
    )
    var databaseURL: String?

    @Flag(name: .shortAndLong, help: "Log what is done to standard error.")
    var verbose = false

    /// Gives an `AuthFort` for the database to `body`, and disposes of it afterwards.
    func withAuthFort<Result: Sendable>(_ body: (AuthFort) async throws -> Result) async throws -> Result {
        guard let url = databaseURL ?? getenv(Self.variable).map({ String(cString: $0) }), !url.isEmpty else {
            throw ValidationError("No database: give --database-url or set \(Self.variable).")
        }
        var logger = Logger(label: "authfort") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .debug : .warning
        return try await AuthFort.withAuthFort(databaseURL: url, logger: logger, body)
    }
}

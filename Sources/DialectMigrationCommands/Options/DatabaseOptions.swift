public import ArgumentParser
internal import DialectCore
internal import DialectEngine
internal import DialectMigrations
public import Logging

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Which database a command works on.
public struct DatabaseOptions<Application: MigrationApplication>: ParsableArguments {
    @Option(
        name: .customLong("database-url"),
        help: ArgumentHelp(
            "The database's URL. Default: the environment variable \(Application.databaseURLVariable).",
            valueName: "url"
        )
    )
    var databaseURL: String?

    @Flag(name: .shortAndLong, help: "Log what is done to standard error.")
    var verbose = false

    /// Makes options to be filled in by parsing.
    public init() {}

    /// The URL that was given, or else that of the environment.
    ///
    /// - Throws: `ValidationError` when there is none.
    public func url() throws -> String {
        let variable = Application.databaseURLVariable
        guard let url = givenURL else {
            throw ValidationError("No database: give --database-url or set \(variable).")
        }
        return url
    }

    /// A logger for standard error that is quiet unless asked.
    public var logger: Logger {
        var logger = Logger(label: "migrations") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .debug : .warning
        return logger
    }

    var givenURL: String? {
        let url = databaseURL ?? getenv(Application.databaseURLVariable).map { String(cString: $0) }
        return url?.isEmpty == true ? nil : url
    }

    /// Gives a session with the database to `body`.
    func withConnection<Result: Sendable>(
        _ body: (any Connection, any Dialect) async throws -> Result
    ) async throws -> Result {
        let logger = logger
        return try await Engine.withEngine(url: try url(), logger: logger) { engine in
            try await engine.withConnection { connection in try await body(connection, engine.dialect) }
        }
    }

    /// Gives a migrator for a schema to `body`.
    func withMigrator<Result: Sendable>(
        for schema: ManagedSchema,
        options: MigratorOptions = MigratorOptions(),
        _ body: (Migrator) async throws -> Result
    ) async throws -> Result {
        try await withConnection { connection, dialect in
            try await body(
                Migrator(
                    schema.chain,
                    dialect: dialect,
                    connection: connection,
                    otherChains: try Application.schemas().map(\.chain),
                    options: options,
                    logger: logger
                )
            )
        }
    }
}

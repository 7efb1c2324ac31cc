public import ArgumentParser
import DialectMigrationCommands

/// The `authfort` command.
///
/// It works on every database whose dialect is linked. An executable of an application or of a dialect's author links
/// further dialects, and all its code is this:
///
///     import AuthFortCommands
///
///     @main
///     enum Command {
///         static func main() async { await AuthFortCommand.main() }
///     }
///
/// A command of swift-argument-parser may also have it among its `subcommands`.
///
/// Exit codes: 0 when it did what was asked, 1 when the database or AuthFort refused or `check` found drift, 2 when the
/// command line is wrong.
public struct AuthFortCommand: AsyncParsableCommand {
    /// The name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "authfort",
        abstract: "Manages AuthFort's tables and users in a database.",
        discussion: """
            The database is a URL: sqlite:///relative.db, sqlite:////absolute.db, or for a server \
            postgresql://user:password@host/database, and so on for every dialect in this build. It comes from \
            --database-url or from the environment variable AUTHFORT_DATABASE_URL.

            \(CommandLineProgram.exitCodes)
            """,
        subcommands: [MigrateCommand.self, UsersCommand.self] + MigrationCommands<AuthFortTables>.subcommands
    )

    /// Makes a command without arguments.
    public init() {}

    /// Prints the help and ends with an exit code that is not 0: without a subcommand there is nothing to do.
    ///
    /// - Throws: An exit code of 1.
    public func run() throws {
        print(Self.helpMessage())
        throw ExitCode(1)
    }

    /// Does what the process's arguments say.
    ///
    /// Where that fails, the process ends with the exit code that the help promises.
    public static func main() async { await CommandLineProgram.run(Self.self) }
}

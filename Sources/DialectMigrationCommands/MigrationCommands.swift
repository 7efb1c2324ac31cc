public import ArgumentParser

/// The migration commands of an application, as one command.
///
/// They stand alone as an executable, by `main()`, or among the `subcommands` of another command of
/// swift-argument-parser, as a whole or one by one.
///
/// What is asked for goes to standard output, so that `sql` and `plan` can be piped; progress and errors go to standard
/// error. Neither ever shows a password.
public struct MigrationCommands<Application: MigrationApplication>: AsyncParsableCommand {
    /// The name, help and subcommands.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "migrations",
            abstract: "Migrates a database, and tells how it and the application's steps stand.",
            discussion: """
                The database is a URL, from --database-url or from the environment variable \
                \(Application.databaseURLVariable).

                \(CommandLineProgram.exitCodes)
                """,
            subcommands: subcommands
        )
    }

    /// The commands one by one, for an executable that has others beside them.
    public static var subcommands: [any ParsableCommand.Type] {
        [
            UpgradeCommand<Application>.self, DowngradeCommand<Application>.self, CurrentCommand<Application>.self,
            HistoryCommand<Application>.self, HeadsCommand<Application>.self, BranchesCommand<Application>.self,
            ShowCommand<Application>.self, CheckCommand<Application>.self, PlanCommand<Application>.self,
            SQLCommand<Application>.self, StampCommand<Application>.self, RevisionCommand<Application>.self,
            MergeCommand<Application>.self,
        ]
    }

    /// Makes a command without arguments.
    public init() {}

    /// Does what the process's arguments say, and ends the process with the exit code that the help promises.
    public static func main() async { await CommandLineProgram.run(Self.self) }
}

import ArgumentParser

/// The `authfort` command.
///
/// Exit codes: 0 when it did what was asked, 1 when the database or AuthFort refused, 2 when the command line is wrong.
@main
struct AuthFortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authfort",
        abstract: "Manages AuthFort's tables and users in a database.",
        discussion: """
            The database is a URL: sqlite:///relative.db, sqlite:////absolute.db, and so on for every dialect in this \
            build. It comes from --database-url or from the environment variable AUTHFORT_DATABASE_URL.

            Exit codes: 0 done, 1 the database or AuthFort refused, 2 the command line is wrong.
            """,
        subcommands: [MigrateCommand.self, CurrentCommand.self, UsersCommand.self]
    )

    /// Without a subcommand there is nothing to do, so the help is printed and the exit code is not 0.
    func run() throws {
        print(Self.helpMessage())
        throw ExitCode(1)
    }

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(reporting: error)
        }
    }
}

import ArgumentParser
import AuthFort
import DialectMigrationCommands

/// `authfort migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Creates AuthFort's tables, or brings them to the newest revision.",
        discussion: """
            Safe to run again, and safe to run from many processes at once: one migrates, the others wait for it and then \
            find nothing to do. Each applied revision is printed. When a revision fails, nothing is changed; a database \
            that cannot undo schema changes keeps what was done, and the next run goes on from there. So it does after a \
            run that was killed, and where the Python library left off.
            """
    )

    @OptionGroup var database: DatabaseOptions<AuthFortTables>

    func run() async throws {
        _ = try await database.withAuthFort { auth in
            try await auth.migrate { event in MigrationProgress.show(event) }
        }
        print("AuthFort migrations applied successfully.")
    }
}

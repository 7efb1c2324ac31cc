internal import ArgumentParser
internal import DialectMigrations

/// `current`.
struct CurrentCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "current",
            abstract: "Prints the revision of the database.",
            discussion: "Prints nothing on standard output when nothing was applied yet. Changes nothing."
        )
    }

    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>

    func run() async throws {
        for schema in try chains.all() {
            let revisions = try await database.withMigrator(for: schema) { migrator in try await migrator.current() }
            if revisions.isEmpty { printError("\(chains.prefix(schema))The database has no revision yet.") }
            for revision in revisions { print("\(chains.prefix(schema))\(revision)") }
        }
    }
}

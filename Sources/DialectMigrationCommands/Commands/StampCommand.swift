internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `stamp`.
struct StampCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stamp",
            abstract: "Records a revision without running its steps.",
            discussion: """
                For a database whose tables were made in another way. Nothing but the version table is changed. Run \
                'check' afterwards, which tells whether the tables are what the steps make.
                """
        )
    }

    @Flag(help: "Replace revisions that the application does not know, too.")
    var purge = false

    @OptionGroup var arguments: TargetArguments
    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>
    @OptionGroup var migrator: MigratorArguments

    func run() async throws {
        let target = try arguments.target()
        let schema = try chains.one()
        let revisions = try await database.withMigrator(for: schema, options: migrator.options) { migrator in
            try await migrator.stamp(target, purging: purge)
        }
        let place = revisions.isEmpty ? "the base" : revisions.map(\.text).joined(separator: ", ")
        print("\(chains.prefix(schema))The database is recorded to be at \(place).")
    }
}

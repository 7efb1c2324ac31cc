internal import ArgumentParser
internal import DialectMigrations

/// `downgrade`.
struct DowngradeCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "downgrade",
            abstract: "Undoes the steps that follow a target.",
            discussion: """
                'downgrade -1' undoes the last step, 'downgrade base' all. What the steps had made is dropped with all \
                that is in it.
                """
        )
    }

    @OptionGroup var arguments: TargetArguments
    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>
    @OptionGroup var migrator: MigratorArguments

    func run() async throws {
        let target = try arguments.target()
        let schema = try chains.one()
        _ = try await database.withMigrator(for: schema, options: migrator.options) { migrator in
            try await migrator.downgrade(to: target) { event in
                MigrationProgress.show(event, of: chains.shownName(of: schema))
            }
        }
    }
}

internal import ArgumentParser
internal import DialectMigrations

/// `upgrade`.
struct UpgradeCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "upgrade",
            abstract: "Applies the steps up to a target, 'head' unless told.",
            discussion: """
                Safe to run again, and from many processes at once: one migrates, the others wait for it and then find \
                nothing to do.
                """
        )
    }

    @OptionGroup var arguments: TargetArguments
    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>
    @OptionGroup var migrator: MigratorArguments

    func run() async throws {
        let target = try arguments.target(default: .head)
        let schemas = try chains.schemas(for: target)
        for schema in schemas {
            _ = try await database.withMigrator(for: schema, options: migrator.options) { migrator in
                try await migrator.upgrade(to: target) { event in
                    MigrationProgress.show(event, of: chains.shownName(of: schema))
                }
            }
        }
    }
}

internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `history`.
struct HistoryCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history",
            abstract: "Lists the steps, the newest first.",
            discussion: "Needs no database unless --indicate-current is given."
        )
    }

    @Flag(name: .shortAndLong, help: "Mark what the database has.")
    var indicateCurrent = false

    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>

    func run() async throws {
        for schema in try chains.all() {
            var current: [Revision] = []
            if indicateCurrent {
                current = try await database.withMigrator(for: schema) { migrator in try await migrator.current() }
            }
            for entry in schema.chain.graph.history(current: current) { print("\(chains.prefix(schema))\(entry)") }
        }
    }
}

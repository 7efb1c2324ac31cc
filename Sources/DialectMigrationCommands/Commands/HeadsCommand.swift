internal import ArgumentParser
internal import DialectMigrations

/// `heads`.
struct HeadsCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "heads",
            abstract: "Lists the steps that nothing follows.",
            discussion: "Needs no database. Where there are several, 'merge' joins them."
        )
    }

    @OptionGroup var chains: ChainOptions<Application>

    func run() async throws {
        for schema in try chains.all() {
            for entry in schema.chain.graph.history() where entry.isHead {
                print("\(chains.prefix(schema))\(entry.revision), \(entry.summary)")
            }
        }
    }
}

internal import ArgumentParser
internal import DialectMigrations

/// `branches`.
struct BranchesCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "branches",
            abstract: "Lists the steps that several others follow, and those others.",
            discussion: "Needs no database. Prints nothing for steps in a line."
        )
    }

    @OptionGroup var chains: ChainOptions<Application>

    func run() async throws {
        for schema in try chains.all() {
            let history = schema.chain.graph.history()
            for entry in history where entry.isBranchPoint {
                print("\(chains.prefix(schema))\(entry.revision), \(entry.summary)")
                for child in history.reversed() where child.parents.contains(entry.revision) {
                    print("    -> \(child.revision), \(child.summary)")
                }
            }
        }
    }
}

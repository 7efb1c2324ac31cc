internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `plan`.
struct PlanCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plan",
            abstract: "Prints what 'upgrade' or 'downgrade' would do now, without doing it.",
            discussion: """
                'plan' is for 'upgrade head', 'plan -1' for 'downgrade -1'. Where a target does not tell the direction, \
                --downgrade does.
                """
        )
    }

    @Flag(help: "Print the plan of a downgrade.")
    var downgrade = false

    @Flag(help: "Print the SQL that would be sent.")
    var sql = false

    @OptionGroup var arguments: TargetArguments
    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>

    func run() async throws {
        let target = try arguments.target(default: .head)
        let schemas = try chains.schemas(for: target)
        let direction: MigrationDirection = downgrade || target.isBelowCurrent ? .downgrade : .upgrade
        // What one chain requires of another is not shown again when that has its own turn.
        var shown: Set<String> = []
        for schema in schemas {
            let names = shown
            let text = try await database.withMigrator(for: schema) { migrator in
                try await migrator.plans(direction, to: target).filter { !names.contains($0.chain.name) }.map { plan in
                    sql
                        ? try migrator.script(of: plan).text
                        : plan.listing(namingChain: chains.shownName(of: schema) != nil)
                }.joined()
            }
            shown.insert(schema.chain.name)
            if text.isEmpty { printError("\(chains.prefix(schema))Nothing to do: the database is at its target.") }
            print(text, terminator: "")
        }
    }
}

extension MigrationPlan {
    /// A line for each step and each of its operations.
    fileprivate func listing(namingChain: Bool) -> String {
        steps.map { step in
            "\(namingChain ? "\(step.chain): " : "")\(step)\n" + step.operations.map { "    \($0.summary)\n" }.joined()
        }.joined()
    }
}

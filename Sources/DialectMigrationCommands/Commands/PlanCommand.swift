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
        let schemas = target == .head || target == .heads ? try chains.all() : [try chains.one()]
        let direction: MigrationDirection = downgrade || target.isDown ? .downgrade : .upgrade
        for schema in schemas {
            let text = try await database.withMigrator(for: schema) { migrator in
                let plan = try await migrator.plan(direction, to: target)
                return sql ? try migrator.script(of: plan).text : plan.listing
            }
            if text.isEmpty { printError("\(chains.prefix(schema))Nothing to do: the database is at its target.") }
            print(text, terminator: "")
        }
    }
}

extension MigrationTarget {
    /// Whether a target means a downgrade wherever the database is.
    fileprivate var isDown: Bool {
        if case .relative(let steps, nil) = self { steps < 0 } else { self == .base }
    }
}

extension MigrationPlan {
    /// A line for each step and each of its operations.
    fileprivate var listing: String {
        steps.map { step in
            "\(step)\n" + step.operations.map { "    \($0.summary)\n" }.joined()
        }.joined()
    }
}

internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `check`.
struct CheckCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: "Compares the database with the application's model and steps.",
            discussion: """
                Prints what sets them apart and ends with 1, or ends with 0 when nothing does. Changes nothing.
                """
        )
    }

    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>

    func run() async throws {
        var isClean = true
        for schema in try chains.all() {
            let check = try await database.withMigrator(for: schema) { migrator in
                try await migrator.check(against: schema.model, filters: schema.filters)
            }
            let prefix = chains.prefix(schema)
            for step in check.pending { print("\(prefix)not applied: \(step.revision), \(step.summary)") }
            for step in check.changed {
                print("\(prefix)changed since it was applied: \(step.revision), \(step.summary)")
                for line in step.changes { print("\(prefix)    \(line)") }
            }
            for operation in check.difference.operations { print("\(prefix)differs: \(operation.summary)") }
            isClean = isClean && check.isClean
        }
        guard isClean else { throw ExitCode(1) }
        print("No drift: the database is at its newest revision and equals its model.")
    }
}

extension ChangedStep {
    /// The statements that differ, those that were applied first.
    fileprivate var changes: [String] {
        let others = { (statements: [String], other: [String]) in
            statements.enumerated().filter { other.dropFirst($0.offset).first != $0.element }.map(\.element)
        }
        return others(applied, current).map { "applied: \($0)" } + others(current, applied).map { "now: \($0)" }
    }
}

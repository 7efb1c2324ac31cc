internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `show`.
struct ShowCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Prints what a step does, that of 'head' unless told.",
            discussion: "Needs no database. 'sql' prints the same step as SQL."
        )
    }

    @OptionGroup var arguments: TargetArguments
    @OptionGroup var chains: ChainOptions<Application>

    func run() async throws {
        let target = try arguments.target(default: .head)
        let graph = try chains.one().chain.graph
        for revision in try graph.revisions(at: target) {
            guard let step = graph.step(revision) else { continue }
            print("Revision: \(revision)")
            print("Follows: \(Self.list(step.parents, else: "nothing"))")
            print("Followed by: \(Self.list(graph.children(of: revision), else: "nothing"))")
            print("Summary: \(step.summary)")
            Self.show("Upgrade", step.upgrade)
            Self.show("Downgrade", step.downgrade)
        }
    }

    private static func list(_ revisions: [Revision], else other: String) -> String {
        revisions.isEmpty ? other : revisions.map(\.text).joined(separator: ", ")
    }

    private static func show(_ title: String, _ operations: [MigrationOperation]) {
        print("\(title):\(operations.isEmpty ? " nothing" : "")")
        for operation in operations { print("    \(operation.summary)") }
    }
}

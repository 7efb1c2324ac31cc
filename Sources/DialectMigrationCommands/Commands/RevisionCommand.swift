internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `revision`.
struct RevisionCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revision",
            abstract: "Writes the file of a new step.",
            discussion: """
                The step is empty, or with --autogenerate does what leads from the database to the application's model. \
                What was written is a beginning: read it, correct it, and add it to the steps of the chain.
                """
        )
    }

    @Option(name: .shortAndLong, help: "What the step does, in a few words.")
    var message: String

    @Flag(help: "Fill the step with what sets the database apart from the model.")
    var autogenerate = false

    @Option(help: ArgumentHelp("The step's revision; a new one unless told.", valueName: "revision"))
    var revID: String?

    @Option(help: ArgumentHelp("The target that the step follows; 'head' unless told.", valueName: "target"))
    var head = "head"

    @OptionGroup var folder: StepFolderOptions
    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>

    func run() async throws {
        let schema = try chains.one()
        let parents = try schema.chain.graph.revisions(at: MigrationTarget(head))
        var upgrade: [SchemaOperation] = []
        var downgrade: [SchemaOperation] = []
        if autogenerate {
            let difference = try await difference(of: schema)
            guard !difference.isEmpty else {
                printError("Nothing was written: the database equals the model.")
                return
            }
            (upgrade, downgrade) = (difference.operations, difference.reverseOperations)
        }
        let source = StepSource(
            revision: revID.map { Revision($0) } ?? .random(),
            parents: parents,
            summary: message,
            upgrade: upgrade,
            downgrade: downgrade
        )
        try folder.write(source, for: schema.chain)
    }

    private func difference(of schema: ManagedSchema) async throws -> SchemaDifference {
        guard let model = schema.model else {
            throw ValidationError("The chain '\(schema.chain.name)' has no model to compare the database with.")
        }
        let check = try await database.withMigrator(for: schema) { migrator in
            try await migrator.check(against: model, filters: schema.filters)
        }
        guard check.pending.isEmpty else {
            throw DatabaseError(
                .invalidMigration,
                "The database is not at its newest revision, so what it lacks may be in a step already. Upgrade it first."
            )
        }
        return check.difference
    }
}

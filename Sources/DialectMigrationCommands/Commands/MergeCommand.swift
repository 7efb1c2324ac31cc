internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `merge`.
struct MergeCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "merge",
            abstract: "Writes the file of a step that joins all heads.",
            discussion: "Needs no database. The step changes nothing; it makes one line of several again."
        )
    }

    @Option(name: .shortAndLong, help: "What is joined, in a few words; the heads unless told.")
    var message: String?

    @Option(help: ArgumentHelp("The step's revision; a new one unless told.", valueName: "revision"))
    var revID: String?

    @OptionGroup var folder: StepFolderOptions
    @OptionGroup var chains: ChainOptions<Application>

    func run() async throws {
        let chain = try chains.one().chain
        let revision = revID.map { Revision($0) } ?? .random()
        guard let source = StepSource(merging: chain.graph, revision: revision, summary: message) else {
            printError("Nothing was written: the steps have one head at most.")
            return
        }
        try folder.write(source, for: chain)
    }
}

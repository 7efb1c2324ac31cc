internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Where the file of a new step goes.
struct StepFolderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder for the file; the working folder unless told.", valueName: "folder"))
    var directory = "."

    /// Writes a step's file, prints its path, and says what is left to do.
    ///
    /// A file that is there already is never overwritten.
    func write(_ source: StepSource, for chain: MigrationChain) throws {
        guard !chain.graph.contains(source.revision) else {
            throw ValidationError("The chain '\(chain.name)' has a revision '\(source.revision)' already.")
        }
        let path = directory.hasSuffix("/") ? directory + source.fileName : "\(directory)/\(source.fileName)"
        do {
            try Data(source.text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch let error as CocoaError where error.code == .fileWriteFileExists {
            throw DatabaseError(
                .invalidConfiguration,
                "The file \(path) is there already. Choose another message, or move the file away."
            )
        }
        print(path)
        printError("Read it, and add \(source.typeName)() to the steps of the chain '\(chain.name)'.")
    }
}

import ArgumentParser
import AuthFort

/// `authfort current`.
struct CurrentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "current",
        abstract: "Prints the revision of AuthFort's tables.",
        discussion: "Prints nothing on standard output when the tables do not exist yet. Changes nothing."
    )

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let revisions = try await database.withAuthFort { auth in try await auth.currentRevisions() }
        if revisions.isEmpty {
            printError("The database has no AuthFort tables yet; run: authfort migrate")
        }
        for revision in revisions { print(revision) }
    }
}

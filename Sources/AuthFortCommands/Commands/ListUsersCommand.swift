import ArgumentParser
import AuthFort
import DialectMigrationCommands

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `authfort users list`.
struct ListUsersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists users, the newest first.",
        discussion: "Columns are separated by tabs: identity, address, name, state, time of creation (UTC)."
    )

    @OptionGroup var database: DatabaseOptions<AuthFortTables>

    @Option(help: "How many users at most.")
    var limit = 50

    @Option(help: "How many users to skip.")
    var offset = 0

    @Option(help: "Only users whose address or name contains this text.")
    var search: String?

    @Flag(help: "List deleted users too.")
    var deleted = false

    func validate() throws {
        guard limit >= 0, offset >= 0 else { throw ValidationError("--limit and --offset must not be negative.") }
    }

    func run() async throws {
        var query = UserQuery()
        query.text = search
        query.includesDeleted = deleted
        let page = try await database.withAuthFort { [query] auth in
            try await auth.users.page(query, limit: limit, offset: offset)
        }
        for user in page.users {
            let fields = [
                user.id.uuidString.lowercased(), user.email, user.name ?? "-", Self.state(of: user),
                "\(user.createdAt)",
            ]
            print(fields.joined(separator: "\t"))
        }
        printError("\(page.users.count) of \(page.total) users")
    }

    private static func state(of user: User) -> String {
        if user.isDeleted { return "deleted" }
        if user.isBanned { return "banned" }
        return user.isEmailVerified ? "verified" : "unverified"
    }
}

import ArgumentParser
import AuthFort
import DialectMigrationCommands

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `authfort users create`.
struct CreateUserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Creates a user who signs in with a password.",
        discussion: """
            The password comes from the environment variable \(PasswordPrompt.variable), or else from the first line of \
            standard input; on a terminal it is asked for. It is never an argument, which other users of the machine could \
            read. The new user's identity is printed.
            """
    )

    @OptionGroup var database: DatabaseOptions<AuthFortTables>

    @Option(help: "The user's e-mail address.")
    var email: String

    @Option(help: "The name to show.")
    var name: String?

    @Option(help: "A phone number.")
    var phone: String?

    @Flag(help: "Take the address as verified.")
    var emailVerified = false

    func run() async throws {
        let password = try PasswordPrompt.read()
        let user = try await database.withAuthFort { auth in
            try await auth.users.create(
                email: email,
                password: password,
                name: name,
                phone: phone,
                isEmailVerified: emailVerified
            )
        }
        print(user.id.uuidString.lowercased())
    }
}

import ArgumentParser

/// `authfort users`.
struct UsersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "Creates and lists users.",
        subcommands: [CreateUserCommand.self, ListUsersCommand.self]
    )
}

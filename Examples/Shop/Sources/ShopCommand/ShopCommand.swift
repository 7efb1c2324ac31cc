import ArgumentParser
import DialectMigrationCommands
import ShopSchema

/// The shop: its migration commands, and what it sells.
@main
struct ShopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shop",
        abstract: "Keeps orders of the users of AuthFort.",
        subcommands: MigrationCommands<Shop>.subcommands + [PlaceOrderCommand.self, ListOrdersCommand.self]
    )

    static func main() async { await CommandLineProgram.run(Self.self) }
}

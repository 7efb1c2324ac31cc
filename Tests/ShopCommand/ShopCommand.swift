import DialectMigrationCommands
import ShopSchema

/// The migration commands of the shop.
@main
enum ShopCommand {
    static func main() async { await MigrationCommands<Shop>.main() }
}

public import DialectMigrations

/// What an executable's migration commands work on.
///
///     enum Shop: MigrationApplication {
///         static let databaseURLVariable = "SHOP_DATABASE_URL"
///         static func schemas() throws -> [ManagedSchema] {
///             [try AuthFort.managedSchema(), ManagedSchema(try ShopChain.chain(), model: shopModel)]
///         }
///     }
///
///     @main
///     enum Command {
///         static func main() async { await MigrationCommands<Shop>.main() }
///     }
public protocol MigrationApplication {
    /// The environment variable with the URL of the database, where `--database-url` is not given.
    static var databaseURLVariable: String { get }

    /// The chains with their models, in the order in which their databases are upgraded.
    ///
    /// A chain whose tables reference another's comes after it.
    static func schemas() throws -> [ManagedSchema]
}

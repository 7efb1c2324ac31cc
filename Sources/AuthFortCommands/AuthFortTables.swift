import AuthFort
import DialectCore
import DialectMigrationCommands
import DialectMigrations

/// What the migration commands of `authfort` work on.
enum AuthFortTables: MigrationApplication {
    static let databaseURLVariable = "AUTHFORT_DATABASE_URL"

    static func schemas() throws -> [ManagedSchema] { [try AuthFort.managedSchema()] }
}

extension DatabaseOptions<AuthFortTables> {
    /// Gives an `AuthFort` for the database to `body`, and disposes of it afterwards.
    func withAuthFort<Result: Sendable>(_ body: (AuthFort) async throws -> Result) async throws -> Result {
        try await AuthFort.withAuthFort(databaseURL: try url(), logger: logger, body)
    }
}

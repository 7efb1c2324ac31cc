public import DialectCore
public import DialectMigrations

extension AuthFort {
    /// The names of the ten tables that AuthFort owns, its version table among them.
    public static let tableNames: Set<String> = Set(TableName.all.map(\.name))

    /// The names of AuthFort's tables and of its migrator's journal, which is there while a migration is under way.
    private static let hiddenNames = tableNames.union([TableName.journal.name])

    /// Adds stubs of the tables that an application may reference, so that its own tables can have foreign keys to them.
    ///
    /// The stubs are `authfort_users` and `authfort_user_roles`, each with its key `id` alone. A table that the model has
    /// already is left as it is, so calling this twice is safe.
    public static func registerForeignTables(in model: inout SchemaModel) {
        for name in [TableName.users, TableName.userRoles] {
            model.add(Table(name, columns: [Column("id", .uuid)], primaryKey: PrimaryKey(["id"])))
        }
    }

    /// Filters that hide AuthFort's tables from the difference between an application's model and its database.
    public static func migrationFilters() -> MigrationFilters { .hiding(hiddenNames) }
}

extension AuthFort {
    /// AuthFort's chain of steps with its own tables, for the migration commands of an application that shares its
    /// database.
    ///
    /// - Throws: `DatabaseError` never in a released version: the steps are tested to be in order.
    public static func managedSchema() throws(DatabaseError) -> ManagedSchema {
        ManagedSchema(try AuthFortChain.chain(), filters: .showing(tableNames))
    }
}

extension MigrationRequirement {
    /// A revision of AuthFort's tables, or a later one, for a step whose tables reference them.
    ///
    /// An upgrade applies it first when its migrator was given the chain of `AuthFort.managedSchema()`.
    public static func authFort(_ revision: Revision) -> MigrationRequirement {
        MigrationRequirement(revision, of: AuthFortChain.name)
    }
}

/// One thing that a migration step does.
public enum MigrationOperation: Sendable {
    /// Changes the schema.
    case schema(SchemaOperation)
    /// Runs a statement.
    case statement(Statement)
    /// Runs code on the data.
    ///
    /// It cannot be printed as SQL, so it says in words what it does.
    case data(summary: String, @Sendable (any Connection) async throws(DatabaseError) -> Void)
    /// Refuses the step, with the reason.
    ///
    /// For downgrades that would lose what cannot be brought back.
    case irreversible(reason: String)

    /// Creates a table with its constraints.
    public static func createTable(_ table: Table) -> Self { .schema(.createTable(table)) }
    /// Drops a table.
    public static func dropTable(_ name: Identifier) -> Self { .schema(.dropTable(name)) }
    /// Gives a table another name.
    public static func renameTable(_ name: Identifier, to new: String) -> Self { .schema(.renameTable(name, to: new)) }
    /// Appends a column to a table.
    public static func addColumn(_ column: Column, to table: Identifier) -> Self {
        .schema(.addColumn(column, to: table))
    }
    /// Drops a column.
    public static func dropColumn(_ name: String, from table: Identifier) -> Self {
        .schema(.dropColumn(name, from: table))
    }
    /// Gives a column another name.
    public static func renameColumn(_ name: String, of table: Identifier, to new: String) -> Self {
        .schema(.renameColumn(name, of: table, to: new))
    }
    /// Gives a column another type, nullability or default.
    public static func alterColumn(_ old: Column, to new: Column, of table: Identifier) -> Self {
        .schema(.alterColumn(old, to: new, of: table))
    }
    /// Adds a constraint to a table.
    public static func addConstraint(_ constraint: TableConstraint, to table: Identifier) -> Self {
        .schema(.addConstraint(constraint, to: table))
    }
    /// Drops a constraint of a table.
    public static func dropConstraint(_ constraint: TableConstraint, from table: Identifier) -> Self {
        .schema(.dropConstraint(constraint, from: table))
    }
    /// Creates an index.
    public static func createIndex(_ index: Index, concurrently: Bool = false) -> Self {
        .schema(.createIndex(index, concurrently: concurrently))
    }
    /// Drops an index.
    public static func dropIndex(_ name: String, on table: Identifier, concurrently: Bool = false) -> Self {
        .schema(.dropIndex(name, on: table, concurrently: concurrently))
    }
}

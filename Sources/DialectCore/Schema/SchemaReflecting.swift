/// A connection that can describe the tables its database has.
public protocol SchemaReflecting: Connection {
    /// Reads tables with their columns, constraints and indexes.
    ///
    /// `schema` is the unquoted name of a schema, nil the session's own; system tables and views are left out. Tables
    /// come in the order of their names, indexes in the order of their tables and names; an index that only serves a
    /// primary key or a unique constraint is that constraint. What a dialect wrote for a `SchemaOperation` comes back
    /// equal to it, except for what the database does not keep, such as the difference between two spellings of a type.
    ///
    /// - Throws: `DatabaseError`.
    func reflectSchema(_ schema: String?) async throws(DatabaseError) -> SchemaModel

    /// Tells why a foreign key would fail that is not there yet; nil when its columns suit those that they reference.
    ///
    /// `table` is what gets the foreign key: its name, and the columns as far as they are known. The default compares
    /// types by their kinds. A dialect has its own where the database asks for more, such as one collation at both ends.
    ///
    /// - Throws: `DatabaseError`.
    func obstacle(to key: ForeignKey, of table: Table) async throws(DatabaseError) -> ForeignKeyObstacle?
}

/// A dialect that can declare indexes inside the statement that makes their table.
///
/// Where the database commits each schema operation by itself, which costs it a while, a migrator makes a table and the
/// indexes that its step gives it next by this one statement.
public protocol InlineIndexing: Dialect {
    /// Writes the statement after which the schema is as after the creation of the table and then of each index.
    ///
    /// Either everything is made or nothing.
    ///
    /// - Parameters:
    ///   - table: The table.
    ///   - indexes: Its indexes in order, at least one.
    /// - Returns: The statement.
    /// - Throws: `DatabaseError` where `statements(for:in:)` would for one of the operations.
    func statement(creating table: Table, with indexes: [Index]) throws(DatabaseError) -> Statement
}

/// A connection whose dialect makes tables anew; see `RebuildPlanning`.
///
/// Whoever runs the statements of a rebuild calls, in this order:
///
/// 1. `suspendForeignKeys()`, before the transaction begins;
/// 2. in the transaction, for each rebuild: `statementsKeeping(_:in:)`, then the dialect's statements, then those;
/// 3. `checkRebuiltTables()`, before the commit;
/// 4. `resumeForeignKeys()`, after the transaction, however it ended.
///
/// The migrator does.
public protocol TableRebuilding: Connection {
    /// Stops to enforce foreign keys, so that a table can be dropped and made anew without its children following.
    ///
    /// - Throws: `DatabaseError`, with code `invalidTransactionState` inside a transaction.
    func suspendForeignKeys() async throws(DatabaseError)

    /// Enforces foreign keys again, unless the session was opened without them.
    ///
    /// It is not cancelled. A reset does the same.
    ///
    /// - Throws: `DatabaseError`, with code `invalidTransactionState` inside a transaction.
    func resumeForeignKeys() async throws(DatabaseError)

    /// Makes sure that a table has nothing that the model does not know and that would be lost with it.
    ///
    /// - Returns: The statements that bring back, after the rebuild, what goes with the old table and needs no words in
    ///   the model, such as triggers.
    /// - Throws: `DatabaseError` with code `invalidMigration` that names what would be lost, and with `undefinedObject`
    ///   when there is no such table.
    func statementsKeeping(_ table: Identifier, in model: SchemaModel) async throws(DatabaseError) -> [Statement]

    /// Checks every foreign key, and whatever else names the tables that were made anew.
    ///
    /// - Throws: `DatabaseError` with code `foreignKeyViolation` that names the tables and counts the rows that reference
    ///   nothing, and with `undefinedObject` when a view or a trigger does not work any more.
    func checkRebuiltTables() async throws(DatabaseError)
}

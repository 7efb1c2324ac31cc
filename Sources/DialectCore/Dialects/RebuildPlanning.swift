/// A dialect that makes a table anew where its database cannot change it in place.
///
/// Its statements make the new table under another name, copy the rows, drop the old table and rename the new one. As long
/// as foreign keys are enforced, the rows that reference the table would follow the drop: so they run while the
/// connection, a `TableRebuilding`, has suspended them. Whatever else the same transaction deletes or updates is then not
/// followed either, and rows that are left without the one that they reference are refused before the commit.
public protocol RebuildPlanning: Dialect {
    /// The table that the statements for an operation make anew, or nil when they change it in place or are refused.
    func rebuiltTable(by operation: SchemaOperation, in model: SchemaModel) -> Identifier?

    /// What a script sends before it begins the transaction with the statements.
    var statementsBeforeRebuilds: [Statement] { get }

    /// What a script sends after it has committed.
    var statementsAfterRebuilds: [Statement] { get }
}

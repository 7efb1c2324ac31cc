/// A connector that runs single statements of many tasks over few sessions of its own, without a checkout for each.
///
/// For statements that only read and need nothing of a session: no transaction, no setting, no temporary table. Such a
/// statement may share a network packet, and an implicit transaction, with those of other tasks.
public protocol StatementSharing: Connector {
    /// Runs one statement that only reads.
    ///
    /// Must make sure that no statement sees or spoils the outcome of another one, and that the database refuses one
    /// that writes.
    ///
    /// - Throws: `DatabaseError`, as `Connection.execute` does; with code `readOnlyViolation` for a statement that writes,
    ///   and with `unsupportedFeature` for one that was not run because it needs a session of its own, or because
    ///   sessions of this database cannot be shared. The engine then runs it in a session of the pool.
    func executeShared(_ statement: Statement) async throws(DatabaseError) -> StatementResult

    /// Closes the sessions that are shared.
    ///
    /// Statements under way fail with code `connectionClosed`, and so do later ones. Safe to call twice.
    func closeShared() async
}

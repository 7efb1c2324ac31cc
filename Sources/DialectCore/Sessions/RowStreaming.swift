/// A connection that can give a result's rows without buffering them all.
public protocol RowStreaming: Connection {
    /// Starts a statement and leaves its rows to be fetched.
    ///
    /// Until the cursor is closed the connection runs nothing else.
    ///
    /// - Throws: `DatabaseError`, as `execute` does.
    func openCursor(_ statement: Statement) async throws(DatabaseError) -> any RowCursor
}

/// The rest of a result that is read in batches.
public protocol RowCursor: Sendable {
    /// The next rows, at most `limit` and at least one, or nil after the last.
    ///
    /// - Throws: `DatabaseError`, with code `cancelled` when the task is cancelled.
    func nextBatch(limit: Int) async throws(DatabaseError) -> Rows?

    /// Ends the statement.
    ///
    /// Safe to call twice, and never cancelled.
    func close() async
}

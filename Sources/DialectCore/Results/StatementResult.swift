/// What a statement gave: its rows, buffered, and how many rows it matched or changed.
public struct StatementResult: Sendable {
    /// The rows, none for a statement that returns none.
    public var rows: Rows
    /// The number of rows that an INSERT, UPDATE or DELETE matched, 0 for other statements.
    ///
    /// A row counts when it was matched, even if the new values equal the old ones.
    public var affectedRows: Int

    /// Makes a result.
    public init(rows: Rows = .none, affectedRows: Int = 0) {
        self.rows = rows
        self.affectedRows = affectedRows
    }
}

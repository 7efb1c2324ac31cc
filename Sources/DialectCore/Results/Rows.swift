/// Buffered rows of one result, in the order of the result.
///
/// Copies share their storage.
public struct Rows: Sendable, RandomAccessCollection {
    let storage: RowStorage

    /// No rows and no columns.
    public static let none = RowsBuilder(columns: ResultColumns([])).finish()

    /// The columns of every row.
    public var columns: ResultColumns { storage.columns }

    /// Always 0.
    public var startIndex: Int { 0 }

    /// The number of rows.
    public var endIndex: Int { columns.isEmpty ? 0 : storage.records.count / columns.count }

    /// The row at a position from 0.
    public subscript(position: Int) -> Row {
        precondition(indices.contains(position), "row \(position) of \(count)")
        return Row(storage: storage, index: position)
    }
}

/// Buffered rows of one result, in the order of the result.
///
/// Copies share their storage.
public struct Rows: Sendable, RandomAccessCollection {
    @usableFromInline let storage: RowStorage

    /// No rows and no columns.
    public static let none = RowsBuilder(columns: ResultColumns([])).finish()

    /// The columns of every row.
    @inlinable public var columns: ResultColumns { storage.columns }

    /// Always 0.
    @inlinable public var startIndex: Int { 0 }

    /// The number of rows.
    @inlinable public var endIndex: Int {
        let columns = storage.columns.endIndex
        return columns == 0 ? 0 : storage.records.count / columns
    }

    /// The row at a position from 0.
    @inlinable public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < endIndex, "there is no such row")
        return Row(storage: storage, index: position)
    }
}

/// The columns of a result, shared by all its rows.
public final class ResultColumns: Sendable, RandomAccessCollection {
    @usableFromInline let columns: [ResultColumn]
    private let positions: [String: Int]

    /// Keeps the columns in order.
    ///
    /// Where two have one name, a look-up by name finds the first.
    public init(_ columns: [ResultColumn]) {
        self.columns = columns
        positions = Dictionary(zip(columns.map(\.name), columns.indices), uniquingKeysWith: { first, _ in first })
    }

    /// Always 0.
    public var startIndex: Int { 0 }

    /// The number of columns.
    @inlinable public var endIndex: Int { columns.count }

    /// The column at a position from 0.
    public subscript(position: Int) -> ResultColumn { columns[position] }

    /// The position of the column with exactly this name.
    public func position(of name: String) -> Int? { positions[name] }
}

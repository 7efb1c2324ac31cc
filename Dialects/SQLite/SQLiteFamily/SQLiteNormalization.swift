public import DialectCore

extension CommonSQLite {
    /// The table with the portable types for what other libraries call them.
    ///
    /// A column's type is no more than a preference here. SQLAlchemy writes `NUMERIC(10, 2)` and `JSON` for what this
    /// dialect writes in a way that keeps every digit; a table with either is not made again for that.
    public func normalized(_ table: Table) -> Table {
        var table = table
        for index in table.columns.indices {
            guard case .native(let spelling) = table.columns[index].type else { continue }
            table.columns[index].type = Self.type(spelling)
        }
        return table
    }

    /// The index itself: SQLite keeps the text of its condition.
    public func normalized(_ index: Index) -> Index { index }

    private static func type(_ spelling: String) -> ColumnType {
        let type = ColumnType(sqlite: spelling)
        guard case .native = type else { return type }
        let tokens = ComparableSQL(spelling).tokens
        let numbers = tokens.compactMap { Int($0) }
        switch (tokens.first { $0 != "(" }, numbers.count) {
        case ("numeric", 2), ("decimal", 2): return .decimal(precision: numbers[0], scale: numbers[1])
        case ("json", 0): return .json
        case ("timestamp", 0): return .timestamp()
        case ("float", 0), ("real", 0), ("double", 0): return .double
        case ("bool", 0): return .boolean
        default: return type
        }
    }
}

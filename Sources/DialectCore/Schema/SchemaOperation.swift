/// One change of a schema, described in portable words.
public enum SchemaOperation: Sendable, Hashable {
    /// Creates a table with its constraints; with `ifNotExists`, only when no table has its name.
    case createTable(Table, ifNotExists: Bool = false)
    /// Drops a table.
    case dropTable(Identifier)
    /// Gives a table another name in the same schema.
    case renameTable(Identifier, to: String)
    /// Appends a column to a table.
    case addColumn(Column, to: Identifier)
    /// Drops a column.
    case dropColumn(String, from: Identifier)
    /// Gives a column another name.
    case renameColumn(String, of: Identifier, to: String)
    /// Creates an index.
    case createIndex(Index)
    /// Drops an index; the table tells databases where it is.
    case dropIndex(String, on: Identifier)
}

extension SchemaOperation {
    /// The operation in a few words, for plans, logs and errors.
    public var summary: String {
        switch self {
        case .createTable(let table, _): "create table \(table.name)"
        case .dropTable(let table): "drop table \(table)"
        case .renameTable(let table, let name): "rename table \(table) to \(name)"
        case .addColumn(let column, let table): "add column \(table).\(column.name)"
        case .dropColumn(let column, let table): "drop column \(table).\(column)"
        case .renameColumn(let column, let table, let name): "rename column \(table).\(column) to \(name)"
        case .createIndex(let index): "create index \(index.name) on \(index.table)"
        case .dropIndex(let index, let table): "drop index \(index) on \(table)"
        }
    }
}

extension SchemaOperation {
    /// Every unquoted name that the operation mentions, for dialects whose databases limit the length of names.
    public var names: [String] {
        switch self {
        case .createTable(let table, _): table.names
        case .dropTable(let table): table.parts
        case .renameTable(let table, let name): table.parts + [name]
        case .addColumn(let column, let table): table.parts + [column.name]
        case .dropColumn(let column, let table): table.parts + [column]
        case .renameColumn(let column, let table, let name): table.parts + [column, name]
        case .createIndex(let index): index.table.parts + [index.name] + index.elements.map(\.column)
        case .dropIndex(let index, let table): table.parts + [index]
        }
    }
}

extension Table {
    fileprivate var names: [String] {
        let constraints =
            [primaryKey?.name] + uniqueConstraints.map(\.name) + foreignKeys.map(\.name) + checkConstraints.map(\.name)
        let keys = (primaryKey?.columns ?? []) + uniqueConstraints.flatMap(\.columns)
        let references = foreignKeys.flatMap { $0.columns + $0.table.parts + $0.referencedColumns }
        return name.parts + columns.map(\.name) + constraints.compactMap(\.self) + keys + references
    }
}

extension Identifier {
    fileprivate var parts: [String] { (schema.map { [$0] } ?? []) + [name] }
}

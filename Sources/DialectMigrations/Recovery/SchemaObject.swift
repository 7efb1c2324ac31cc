internal import DialectCore

/// An object of a schema that an operation makes, changes or drops.
enum SchemaObject: Hashable, CustomStringConvertible {
    case table(Identifier)
    case column(String, of: Identifier)
    case index(String, on: Identifier)

    var description: String {
        switch self {
        case .table(let name): "the table \(name)"
        case .column(let name, let table): "the column \(table).\(name)"
        case .index(let name, let table): "the index \(name) on \(table)"
        }
    }

    var table: Identifier {
        switch self {
        case .table(let name), .column(_, let name), .index(_, let name): name
        }
    }
}

extension SchemaOperation {
    /// What the operation makes, changes or drops.
    var objects: [SchemaObject] {
        switch self {
        case .createTable(let table, _): [.table(table.name)]
        case .dropTable(let name): [.table(name)]
        case .renameTable(let name, let new): [.table(name), .table(Identifier(new, schema: name.schema))]
        case .addColumn(let column, let table): [.column(column.name, of: table)]
        case .dropColumn(let name, let table): [.column(name, of: table)]
        case .renameColumn(let name, let table, let new): [.column(name, of: table), .column(new, of: table)]
        case .createIndex(let index): [.index(index.name, on: index.table)]
        case .dropIndex(let name, let table): [.index(name, on: table)]
        }
    }

    /// What the operation gives a form that is known from the operation itself.
    var madeObject: SchemaObject? {
        switch self {
        case .createTable, .addColumn, .createIndex: objects[0]
        case .dropTable, .renameTable, .dropColumn, .renameColumn, .dropIndex: nil
        }
    }

    /// The name of a table that is there after the operation and not before.
    var newTableName: Identifier? {
        switch self {
        case .createTable(let table, _): table.name
        case .renameTable(let name, let new): Identifier(new, schema: name.schema)
        default: nil
        }
    }
}

extension SchemaModel {
    func column(_ name: String, of table: Identifier) -> Column? {
        self.table(table)?.columns.first { $0.name == name }
    }

    func index(_ name: String, on table: Identifier) -> Index? {
        if let index = indexes.first(where: { $0.name == name && $0.table == table }) { return index }
        // Where the two are one, what was made as an index may be read back as a constraint.
        return self.table(table)?.uniqueConstraints.first { $0.name == name }
            .map { Index(name, on: table, $0.columns.map { Index.Element($0) }, unique: true) }
    }

    func has(_ object: SchemaObject) -> Bool {
        switch object {
        case .table(let name): table(name) != nil
        case .column(let name, let table): column(name, of: table) != nil
        case .index(let name, let table): index(name, on: table) != nil
        }
    }
}

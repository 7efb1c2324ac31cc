internal import DialectCore

/// An object of a schema that an operation makes, changes or drops.
enum SchemaObject: Hashable, CustomStringConvertible {
    case table(Identifier)
    case column(String, of: Identifier)
    case index(String, on: Identifier)
    case constraint(TableConstraint, of: Identifier)

    var description: String {
        switch self {
        case .table(let name): "the table \(name)"
        case .column(let name, let table): "the column \(table).\(name)"
        case .index(let name, let table): "the index \(name) on \(table)"
        case .constraint(let constraint, let table): "the \(constraint.summary) of \(table)"
        }
    }

    var table: Identifier {
        switch self {
        case .table(let name), .column(_, let name), .index(_, let name), .constraint(_, let name): name
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
        case .addColumn(let column, let table), .alterColumn(let column, _, let table):
            [.column(column.name, of: table)]
        case .dropColumn(let name, let table): [.column(name, of: table)]
        case .renameColumn(let name, let table, let new): [.column(name, of: table), .column(new, of: table)]
        case .addConstraint(let constraint, let table), .dropConstraint(let constraint, let table):
            [.constraint(constraint, of: table)]
        case .createIndex(let index, _): [.index(index.name, on: index.table)]
        case .dropIndex(let name, let table, _): [.index(name, on: table)]
        }
    }

    /// What the operation gives a form that is known from the operation itself.
    var madeObject: SchemaObject? {
        switch self {
        case .createTable, .addColumn, .alterColumn, .addConstraint, .createIndex: objects[0]
        case .dropTable, .renameTable, .dropColumn, .renameColumn, .dropConstraint, .dropIndex: nil
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

    /// Whether the catalog shows if the operation was done.
    ///
    /// Databases print conditions in words of their own, so a check without a name is not found again.
    var isVisible: Bool {
        switch self {
        case .addConstraint(.check(let check), _), .dropConstraint(.check(let check), _): check.name != nil
        default: true
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

    func constraint(_ constraint: TableConstraint, of table: Identifier) -> TableConstraint? {
        if let found = self.table(table)?.constraint(like: constraint) { return found }
        switch constraint {
        case .primaryKey:
            // Its name is not kept everywhere, and a table has one only.
            return self.table(table)?.primaryKey.map { .primaryKey($0) }
        case .unique(let unique):
            return indexes.first { $0.table == table && $0.isUnique && $0.name == unique.name }
                .map { .unique(UniqueConstraint($0.elements.map(\.column), name: $0.name)) }
        case .foreignKey, .check: return nil
        }
    }

    func has(_ object: SchemaObject) -> Bool {
        switch object {
        case .table(let name): table(name) != nil
        case .column(let name, let table): column(name, of: table) != nil
        case .index(let name, let table): index(name, on: table) != nil
        case .constraint(let constraint, let table): self.constraint(constraint, of: table) != nil
        }
    }
}

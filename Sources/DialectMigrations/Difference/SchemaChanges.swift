internal import DialectCore

/// Operations as they are found, to be put into an order in which they can run.
struct SchemaChanges {
    var droppedKeys: [SchemaOperation] = []
    var droppedIndexes: [SchemaOperation] = []
    var droppedConstraints: [SchemaOperation] = []
    var droppedTables: [SchemaOperation] = []
    var createdTables: [SchemaOperation] = []
    /// Added before they are altered, and dropped last, since no table may be without columns.
    var addedColumns: [SchemaOperation] = []
    var alteredColumns: [SchemaOperation] = []
    var droppedColumns: [SchemaOperation] = []
    var addedConstraints: [SchemaOperation] = []
    var createdIndexes: [SchemaOperation] = []
    var addedKeys: [SchemaOperation] = []

    /// The columns whose types change.
    var retypedColumns: Set<ColumnName> = []
    /// The foreign keys of the database that stay as they are, with their tables.
    var keptKeys: [(key: ForeignKey, table: Identifier)] = []

    /// A column of a table.
    struct ColumnName: Hashable {
        let table: Identifier
        let column: String
    }

    var operations: [SchemaOperation] {
        droppedKeys + droppedIndexes + droppedConstraints + droppedTables + createdTables + addedColumns
            + alteredColumns
            + droppedColumns + addedConstraints + createdIndexes + addedKeys
    }

    mutating func drop(_ constraint: TableConstraint, from table: Identifier) {
        if case .foreignKey = constraint {
            droppedKeys.append(.dropConstraint(constraint, from: table))
        } else {
            droppedConstraints.append(.dropConstraint(constraint, from: table))
        }
    }

    mutating func add(_ constraint: TableConstraint, to table: Identifier) {
        if case .foreignKey = constraint {
            addedKeys.append(.addConstraint(constraint, to: table))
        } else {
            addedConstraints.append(.addConstraint(constraint, to: table))
        }
    }

    /// Drops tables, those that reference others first.
    mutating func drop(_ tables: [Table]) {
        let order = TableOrder(tables)
        for (key, table) in order.circularKeys { drop(.foreignKey(key), from: table) }
        droppedTables += order.tables.reversed().map { .dropTable($0.name) }
    }

    /// Creates tables, those that others reference first.
    mutating func create(_ tables: [Table]) {
        let order = TableOrder(tables)
        createdTables += order.tables.map { .createTable($0) }
        for (key, table) in order.circularKeys { add(.foreignKey(key), to: table) }
    }

    /// Takes foreign keys away while their columns change, since the columns at both ends must have one type.
    mutating func replaceKeysOfRetypedColumns() {
        for (key, table) in keptKeys {
            let columns = key.columns.map { ColumnName(table: table, column: $0) }
            let others = key.referencedColumns.map { ColumnName(table: key.table, column: $0) }
            guard !retypedColumns.isDisjoint(with: columns + others) else { continue }
            drop(.foreignKey(key), from: table)
            add(.foreignKey(key), to: table)
        }
    }
}

/// Tables in the order of their foreign keys, those that are referenced first.
private struct TableOrder {
    /// The tables without the foreign keys that go in a circle.
    private(set) var tables: [Table] = []
    /// The foreign keys that go in a circle, with their tables.
    private(set) var circularKeys: [(ForeignKey, Identifier)] = []

    init(_ unordered: [Table]) {
        var waiting = unordered
        while !waiting.isEmpty {
            let names = Set(waiting.map(\.name))
            let blocks = { (key: ForeignKey, table: Table) in
                key.table != table.name && names.contains(key.table)
            }
            // On a circle the first one goes ahead without its keys.
            let next =
                waiting.firstIndex { table in !table.foreignKeys.contains { blocks($0, table) } } ?? 0
            var table = waiting.remove(at: next)
            for key in table.foreignKeys where blocks(key, table) {
                circularKeys.append((key, table.name))
            }
            table.foreignKeys.removeAll { [table] in blocks($0, table) }
            tables.append(table)
        }
    }
}

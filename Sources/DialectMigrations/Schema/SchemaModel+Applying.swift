public import DialectCore

extension SchemaModel {
    /// The model after an operation.
    ///
    /// Folding the operations of a chain from an empty model gives what a database has that was migrated by it. What
    /// refers to a dropped column goes with it: indexes, keys and unique constraints; conditions of checks are text and
    /// are left. A dropped table leaves the foreign keys that reference it.
    ///
    /// - Throws: `DatabaseError` with code `undefinedObject` or `duplicateObject` when the operation does not fit.
    public func applying(_ operation: SchemaOperation) throws(DatabaseError) -> SchemaModel {
        var contents = SchemaContents(tables: tables, indexes: indexes)
        try contents.apply(operation)
        var model = SchemaModel()
        for table in contents.tables { model.add(table) }
        model.indexes = contents.indexes
        return model
    }
}

/// The parts of a model while an operation changes them.
private struct SchemaContents {
    var tables: [Table]
    var indexes: [Index]

    mutating func apply(_ operation: SchemaOperation) throws(DatabaseError) {
        switch operation {
        case .createTable(let table, let ifNotExists):
            if tables.contains(where: { $0.name == table.name }) {
                if ifNotExists { return }
                throw Self.duplicate("table", "\(table.name)")
            }
            tables.append(table)
        case .dropTable(let name):
            tables.remove(at: try position(of: name))
            indexes.removeAll { $0.table == name }
        case .renameTable(let name, let new):
            try rename(name, to: Identifier(new, schema: name.schema))
        case .addColumn(let column, let name):
            let position = try position(of: name)
            guard !tables[position].columns.contains(where: { $0.name == column.name }) else {
                throw Self.duplicate("column", "\(name).\(column.name)")
            }
            tables[position].columns.append(column)
        case .dropColumn(let column, let name):
            try drop(column, of: name)
        case .renameColumn(let column, let name, let new):
            try rename(column, of: name, to: new)
        case .createIndex(let index):
            _ = try position(of: index.table)
            guard !indexes.contains(where: { $0.name == index.name && $0.table == index.table }) else {
                throw Self.duplicate("index", index.name)
            }
            indexes.append(index)
        case .dropIndex(let index, let name):
            guard let position = indexes.firstIndex(where: { $0.name == index && $0.table == name }) else {
                throw Self.undefined("index", "\(index) on \(name)")
            }
            indexes.remove(at: position)
        }
    }

    private mutating func rename(_ name: Identifier, to new: Identifier) throws(DatabaseError) {
        let position = try position(of: name)
        guard !tables.contains(where: { $0.name == new }) else { throw Self.duplicate("table", "\(new)") }
        tables[position].name = new
        for table in tables.indices {
            for key in tables[table].foreignKeys.indices where tables[table].foreignKeys[key].table == name {
                tables[table].foreignKeys[key].table = new
            }
        }
        for index in indexes.indices where indexes[index].table == name { indexes[index].table = new }
    }

    private mutating func drop(_ column: String, of name: Identifier) throws(DatabaseError) {
        let position = try position(of: name)
        tables[position].columns.remove(at: try self.position(of: column, in: position))
        if tables[position].primaryKey?.columns.contains(column) == true { tables[position].primaryKey = nil }
        tables[position].uniqueConstraints.removeAll { $0.columns.contains(column) }
        tables[position].foreignKeys.removeAll { $0.columns.contains(column) }
        indexes.removeAll { index in index.table == name && index.elements.contains { $0.column == column } }
    }

    private mutating func rename(_ column: String, of name: Identifier, to new: String) throws(DatabaseError) {
        let position = try position(of: name)
        let renamed = { (old: String) in old == column ? new : old }
        tables[position].columns[try self.position(of: column, in: position)].name = new
        if let key = tables[position].primaryKey {
            tables[position].primaryKey?.columns = key.columns.map(renamed)
        }
        for index in tables[position].uniqueConstraints.indices {
            tables[position].uniqueConstraints[index].columns = tables[position].uniqueConstraints[index].columns
                .map(renamed)
        }
        for table in tables.indices {
            for index in tables[table].foreignKeys.indices {
                let key = tables[table].foreignKeys[index]
                if table == position { tables[table].foreignKeys[index].columns = key.columns.map(renamed) }
                if key.table == name {
                    tables[table].foreignKeys[index].referencedColumns = key.referencedColumns.map(renamed)
                }
            }
        }
        for index in indexes.indices where indexes[index].table == name {
            for element in indexes[index].elements.indices {
                indexes[index].elements[element].column = renamed(indexes[index].elements[element].column)
            }
        }
    }

    private func position(of table: Identifier) throws(DatabaseError) -> Int {
        guard let position = tables.firstIndex(where: { $0.name == table }) else {
            throw Self.undefined("table", "\(table)")
        }
        return position
    }

    private func position(of column: String, in table: Int) throws(DatabaseError) -> Int {
        guard let position = tables[table].columns.firstIndex(where: { $0.name == column }) else {
            throw Self.undefined("column", "\(tables[table].name).\(column)")
        }
        return position
    }

    private static func undefined(_ kind: String, _ name: String) -> DatabaseError {
        DatabaseError(.undefinedObject, "The model has no \(kind) \(name). Apply the operation that makes it first.")
    }

    private static func duplicate(_ kind: String, _ name: String) -> DatabaseError {
        DatabaseError(
            .duplicateObject,
            "The model has a \(kind) \(name) already. Choose another name, or drop it first."
        )
    }
}

/// The parts of a model while an operation changes them.
struct SchemaContents {
    var tables: [Table]
    var indexes: [Index]

    mutating func rename(_ name: Identifier, to new: Identifier) throws(DatabaseError) {
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

    mutating func drop(_ column: String, of name: Identifier) throws(DatabaseError) {
        let position = try position(of: name)
        tables[position].columns.remove(at: try self.position(of: column, in: position))
        if tables[position].primaryKey?.columns.contains(column) == true { tables[position].primaryKey = nil }
        tables[position].uniqueConstraints.removeAll { $0.columns.contains(column) }
        tables[position].foreignKeys.removeAll { $0.columns.contains(column) }
        tables[position].checkConstraints.removeAll { SQLNames($0.condition).contains(column) }
        indexes.removeAll { index in
            guard index.table == name else { return false }
            return index.elements.contains { $0.column == column }
                || index.condition.map { SQLNames($0).contains(column) } == true
        }
    }

    mutating func rename(_ column: String, of name: Identifier, to new: String) throws(DatabaseError) {
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
        for index in tables[position].checkConstraints.indices {
            let names = SQLNames(tables[position].checkConstraints[index].condition)
            tables[position].checkConstraints[index].condition = names.renaming(column, to: new)
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
            indexes[index].condition = indexes[index].condition.map { SQLNames($0).renaming(column, to: new) }
        }
    }

    mutating func alter(_ old: Column, to new: Column, of name: Identifier) throws(DatabaseError) {
        let position = try position(of: name)
        tables[position].columns[try self.position(of: old.name, in: position)] = new
    }

    func position(of table: Identifier) throws(DatabaseError) -> Int {
        guard let position = tables.firstIndex(where: { $0.name == table }) else {
            throw Self.undefined("table", "\(table)")
        }
        return position
    }

    func position(of column: String, in table: Int) throws(DatabaseError) -> Int {
        guard let position = tables[table].columns.firstIndex(where: { $0.name == column }) else {
            throw Self.undefined("column", "\(tables[table].name).\(column)")
        }
        return position
    }

    static func undefined(_ kind: String, _ name: String) -> DatabaseError {
        DatabaseError(.undefinedObject, "The model has no \(kind) \(name). Apply the operation that makes it first.")
    }

    static func duplicate(_ kind: String, _ name: String) -> DatabaseError {
        DatabaseError(
            .duplicateObject,
            "The model has a \(kind) \(name) already. Choose another name, or drop it first."
        )
    }
}

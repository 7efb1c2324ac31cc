extension SchemaModel {
    /// The model after an operation.
    ///
    /// Folding the operations of a chain from an empty model gives what a database has that was migrated by it. What
    /// names a dropped column goes with it: indexes and constraints of its table, checks and partial indexes by the words
    /// of their conditions. A renamed column is renamed there too. A dropped table leaves the foreign keys that reference
    /// it. A column of a new primary key may not be null any more. An index that is not there is looked for among the unique
    /// constraints, and the other way round, since some databases have one thing for both.
    ///
    /// - Throws: `DatabaseError` with code `undefinedObject` or `duplicateObject` when the operation does not fit, and
    ///   with `invalidMigration` when `alterColumn` has two names for its column.
    public func applying(_ operation: SchemaOperation) throws(DatabaseError) -> SchemaModel {
        try operation.checkNames()
        var contents = SchemaContents(tables: tables, indexes: indexes)
        try contents.apply(operation)
        var model = SchemaModel()
        for table in contents.tables { model.add(table) }
        model.indexes = contents.indexes
        return model
    }
}

extension SchemaContents {
    fileprivate mutating func apply(_ operation: SchemaOperation) throws(DatabaseError) {
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
        case .dropColumn(let column, let name): try drop(column, of: name)
        case .renameColumn(let column, let name, let new): try rename(column, of: name, to: new)
        case .alterColumn(let old, let new, let name): try alter(old, to: new, of: name)
        case .addConstraint(let constraint, let name): try add(constraint, to: name)
        case .dropConstraint(let constraint, let name): try drop(constraint, from: name)
        case .createIndex(let index, _):
            _ = try position(of: index.table)
            guard !indexes.contains(where: { $0.name == index.name && $0.table == index.table }) else {
                throw Self.duplicate("index", index.name)
            }
            indexes.append(index)
        case .dropIndex(let index, let name, _):
            if let position = indexes.firstIndex(where: { $0.name == index && $0.table == name }) {
                indexes.remove(at: position)
            } else {
                try dropUniqueConstraint(index, of: name)
            }
        }
    }
}

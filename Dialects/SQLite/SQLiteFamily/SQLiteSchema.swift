public import DialectCore

// https://sqlite.org/datatype3.html#determination_of_column_affinity explains the spellings: a declared type only
// gives a column its affinity, and a NUMERIC affinity would turn a decimal of many digits into a double and the JSON
// document `1.0` into the integer 1. So both are spelled as text.
extension CommonSQLite {
    /// Writes a column type.
    ///
    /// Strings and timestamps are not cut to the length and digits that their types name.
    public func spelling(of type: ColumnType) -> String {
        switch type {
        case .boolean: "BOOLEAN"
        case .smallInteger: "SMALLINT"
        case .integer: "INTEGER"
        case .bigInteger: "BIGINT"
        case .double: "DOUBLE"
        case .decimal(let precision, let scale): "DECIMAL_TEXT(\(precision), \(scale))"
        case .string(let length): "VARCHAR(\(length))"
        case .text: "TEXT"
        case .bytes: "BLOB"
        case .uuid: "CHAR(32)"
        case .timestamp: "DATETIME"
        case .json: "JSON_TEXT"
        case .native(let spelling): spelling
        }
    }

    /// Writes a schema operation as the statements that perform it.
    ///
    /// What ALTER TABLE cannot do takes a new table; see `RebuildPlanning`.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` for what takes a new table when the model does not know the
    ///   old one, for a foreign key into another schema, and for what the linked release of the library is too old for.
    public func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] {
        try operation.checkNames()
        if let rebuild = try rebuild(for: operation, in: model) { return try statements(for: rebuild) }
        return try sql(for: operation).map { [Statement(unsafe: $0)] } ?? []
    }

    /// The statement for what is done in place, nil where there is nothing to do.
    private func sql(for operation: SchemaOperation) throws(DatabaseError) -> String? {
        switch operation {
        case .createTable(let table, let ifNotExists):
            return try createTable(table, ifNotExists: ifNotExists)
        case .dropTable(let table):
            return "DROP TABLE \(quote(table))"
        case .renameTable(let table, let name):
            return "ALTER TABLE \(quote(table)) RENAME TO \(quote(name))"
        case .addColumn(let column, let table):
            try refuseUnlessAppendable(column, to: table)
            return "ALTER TABLE \(quote(table)) ADD COLUMN \(definition(of: column))"
        case .dropColumn(let column, let table):
            try refuseBefore(3_035_000, "drop the column \(table).\(column)")
            return "ALTER TABLE \(quote(table)) DROP COLUMN \(quote(column))"
        case .renameColumn(let column, let table, let name):
            try refuseBefore(3_025_000, "rename the column \(table).\(column)")
            return "ALTER TABLE \(quote(table)) RENAME COLUMN \(quote(column)) TO \(quote(name))"
        case .alterColumn, .addConstraint, .dropConstraint:
            return nil
        case .createIndex(let index, _):
            return createIndex(index)
        case .dropIndex(let index, let table, _):
            return "DROP INDEX \(quote(Identifier(index, schema: table.schema)))"
        }
    }

    func createIndex(_ index: Index) -> String {
        let elements = index.elements.map { quote($0.column) + ($0.isDescending ? " DESC" : "") }
        // The index belongs to its table's schema, and only the index's name may say so.
        let name = quote(Identifier(index.name, schema: index.table.schema))
        return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(name) ON \(quote(index.table.name)) "
            + "(\(elements.joined(separator: ", ")))\(index.condition.map { " WHERE \($0)" } ?? "")"
    }

    func createTable(_ table: Table, ifNotExists: Bool) throws(DatabaseError) -> String {
        var parts = table.columns.map(definition)
        if let key = table.primaryKey {
            parts.append("\(constraint(key.name))PRIMARY KEY (\(list(key.columns)))")
        }
        parts += table.uniqueConstraints.map { "\(constraint($0.name))UNIQUE (\(list($0.columns)))" }
        for key in table.foreignKeys { parts.append(try definition(of: key, in: table)) }
        parts += table.checkConstraints.map { "\(constraint($0.name))CHECK (\($0.condition))" }
        return "CREATE TABLE \(ifNotExists ? "IF NOT EXISTS " : "")\(quote(table.name)) "
            + "(\(parts.joined(separator: ", ")))"
    }

    private func definition(of column: Column) -> String {
        var text = "\(quote(column.name)) \(spelling(of: column.type))"
        if let value = column.serverDefault { text += " DEFAULT \(spelling(of: value))" }
        if !column.isNullable { text += " NOT NULL" }
        return text
    }

    private func definition(of key: ForeignKey, in table: Table) throws(DatabaseError) -> String {
        guard key.table.schema == nil || key.table.schema == table.name.schema else {
            throw DatabaseError(
                .unsupportedFeature,
                "The foreign key of \(table.name) references \(key.table), which is in another schema; SQLite's foreign "
                    + "keys stay within one database file.",
                table: table.name.name,
                columns: key.columns
            )
        }
        var text = "\(constraint(key.name))FOREIGN KEY (\(list(key.columns))) "
        text += "REFERENCES \(quote(key.table.name)) (\(list(key.referencedColumns)))"
        if key.onDelete != .noAction { text += " ON DELETE \(key.onDelete.rawValue)" }
        if key.onUpdate != .noAction { text += " ON UPDATE \(key.onUpdate.rawValue)" }
        return text
    }

    private func constraint(_ name: String?) -> String { name.map { "CONSTRAINT \(quote($0)) " } ?? "" }

    func list(_ names: [String]) -> String { names.map(quote).joined(separator: ", ") }

    private func spelling(of value: ServerDefault) -> String {
        switch value {
        // Before 3.23 the words are names of columns, and then the default would be a text.
        case .boolean(let isTrue) where libraryVersion < 3_023_000: isTrue ? "1" : "0"
        case .boolean(let isTrue): isTrue ? "true" : "false"
        case .integer(let integer): String(integer)
        case .text(let text): characters(text)
        // CURRENT_TIMESTAMP has no fraction, and so sorts before equal times that have one.
        case .currentTimestamp: "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))"
        case .expression(let sql): "(\(sql))"
        }
    }

    func refuseBefore(_ version: Int32, _ action: String) throws(DatabaseError) {
        guard libraryVersion < version else { return }
        throw DatabaseError(
            .unsupportedFeature,
            "SQLite \(Self.text(of: libraryVersion)), which this program is linked with, cannot \(action); link a library "
                + "of SQLite \(Self.text(of: version)) or newer."
        )
    }

    private static func text(of version: Int32) -> String {
        "\(version / 1_000_000).\(version / 1000 % 1000).\(version % 1000)"
    }

    /// For a table that is not known, and so cannot be made anew.
    private func refuseUnlessAppendable(_ column: Column, to table: Identifier) throws(DatabaseError) {
        // Most expressions are constants, and SQLite looks itself.
        if case .expression = column.serverDefault { return }
        guard let reason = obstacle(toAppending: column) else { return }
        throw DatabaseError(
            .unsupportedFeature,
            "SQLite cannot append the column \(table).\(column.name): \(reason). Give it a constant default, or make it "
                + "nullable.",
            table: table.name,
            columns: [column.name]
        )
    }
}

#if MySQL
public import DialectCore

// No engine, character set or collation is written: tables take the database's, as those of the columns that their
// foreign keys reference did.
extension MySQLDialect: InlineIndexing {
    /// Writes a column type.
    ///
    /// A text column holds 64 KiB, and a timestamp without fraction digits whole seconds: both as other libraries declare
    /// them, so that a schema can be shared. `.native("LONGTEXT")` holds more. A UUID column is `UUID` where the session's
    /// server is known to have that type, and `CHAR(32)` elsewhere and beside columns that are.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` for more than six fraction digits.
    public func spelling(of type: ColumnType) throws(DatabaseError) -> String {
        switch type {
        case .boolean: "BOOL"
        case .smallInteger: "SMALLINT"
        case .integer: "INTEGER"
        case .bigInteger: "BIGINT"
        case .double: "DOUBLE"
        case .decimal(let precision, let scale): "DECIMAL(\(precision), \(scale))"
        case .string(let length): "VARCHAR(\(length))"
        case .text: "TEXT"
        case .bytes: "LONGBLOB"
        case .uuid: features.contains(.nativeUUID) ? "UUID" : "CHAR(32)"
        // TIMESTAMP ends in 2038 and is converted to and from the session's time zone.
        case .timestamp(nil): "DATETIME"
        case .timestamp(let digits?): "DATETIME(\(try checked(fractionDigits: digits)))"
        case .json: "JSON"
        case .native(let spelling): spelling
        }
    }

    /// Writes a schema operation as the statements that perform it.
    ///
    /// A column is dropped together with what names it, which the servers would refuse or keep in part, and an index that
    /// a foreign key needs is replaced by one of the foreign key's own; both as far as the model knows.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` for a foreign key with SET DEFAULT, for a partial index,
    ///   for a descending one where the session's server is known to have none, for a constraint that is dropped without a
    ///   name that could be told, and for a name that is too long.
    public func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] {
        try checkNames(in: operation)
        // A definition that stays is no change.
        if case .alterColumn(let old, let new, _) = operation, old == new { return [] }
        return [Statement(unsafe: try sql(for: operation, in: model))]
    }

    /// Writes a CREATE TABLE with indexes among its columns, which is done whole or not at all.
    ///
    /// - Throws: `DatabaseError` as `statements(for:in:)`.
    public func statement(creating table: Table, with indexes: [Index]) throws(DatabaseError) -> Statement {
        try checkNames(in: .createTable(table))
        for index in indexes { try checkNames(in: .createIndex(index)) }
        var parts = try parts(of: table)
        for index in indexes { parts.append("\(kind(of: index)) \(quote(index.name)) (\(try elements(of: index)))") }
        return Statement(unsafe: "CREATE TABLE \(quote(table.name)) (\(parts.joined(separator: ", ")))")
    }

    private func sql(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> String {
        switch operation {
        case .createTable(let table, let ifNotExists):
            return "CREATE TABLE \(ifNotExists ? "IF NOT EXISTS " : "")\(quote(table.name)) "
                + "(\(try parts(of: table).joined(separator: ", ")))"
        case .dropTable(let table):
            return "DROP TABLE \(quote(table))"
        case .renameTable(let table, let name):
            // A bare name would move the table to the session's own database.
            return "ALTER TABLE \(quote(table)) RENAME TO \(quote(Identifier(name, schema: table.schema)))"
        case .addColumn(let column, let table):
            return "ALTER TABLE \(quote(table)) ADD COLUMN \(try definition(of: column))"
        case .dropColumn(let column, let table):
            let clauses = try dropping(whatNames: column, of: table, in: model) + ["DROP COLUMN \(quote(column))"]
            return "ALTER TABLE \(quote(table)) \(clauses.joined(separator: ", "))"
        case .renameColumn(let column, let table, let name):
            return "ALTER TABLE \(quote(table)) RENAME COLUMN \(quote(column)) TO \(quote(name))"
        case .alterColumn(_, let column, let table):
            return "ALTER TABLE \(quote(table)) MODIFY COLUMN \(try definition(of: column))"
        case .addConstraint(let constraint, let table):
            return "ALTER TABLE \(quote(table)) ADD \(try definition(of: constraint, in: table))"
        case .dropConstraint(let constraint, let table):
            let clauses = try dropping(constraint, from: table, in: model)
            return "ALTER TABLE \(quote(table)) \(clauses.joined(separator: ", "))"
        case .createIndex(let index, _):
            return try createIndex(index)
        case .dropIndex(let index, let table, _):
            let additions = standIns(without: index, of: table, in: model)
            guard !additions.isEmpty else { return "DROP INDEX \(quote(index)) ON \(quote(table))" }
            let clauses = additions + ["DROP INDEX \(quote(index))"]
            return "ALTER TABLE \(quote(table)) \(clauses.joined(separator: ", "))"
        }
    }

    private func createIndex(_ index: Index) throws(DatabaseError) -> String {
        "CREATE \(kind(of: index)) \(quote(index.name)) ON \(quote(index.table)) (\(try elements(of: index)))"
    }

    private func kind(of index: Index) -> String { index.isUnique ? "UNIQUE INDEX" : "INDEX" }

    private func elements(of index: Index) throws(DatabaseError) -> String {
        if index.elements.contains(where: \.isDescending), server != nil, !features.contains(.descendingIndexes) {
            throw DatabaseError(
                .unsupportedFeature,
                "This server reads DESC in an index and ignores it, so the index '\(index.name)' would run upwards. Make "
                    + "it ascending, or use MariaDB 10.8, MySQL 8 or a newer one.",
                table: index.table.name
            )
        }
        guard index.condition == nil else {
            throw DatabaseError(
                .unsupportedFeature,
                "The index '\(index.name)' has a condition, and MySQL and MariaDB have no partial indexes. Index all rows.",
                table: index.table.name
            )
        }
        return index.elements.map { quote($0.column) + ($0.isDescending ? " DESC" : "") }.joined(separator: ", ")
    }

    private func parts(of table: Table) throws(DatabaseError) -> [String] {
        var parts: [String] = []
        for column in table.columns { parts.append(try definition(of: column)) }
        for constraint in table.constraints { parts.append(try definition(of: constraint, in: table.name)) }
        return parts
    }

    private func definition(
        of constraint: TableConstraint,
        in table: Identifier
    ) throws(DatabaseError) -> String {
        let name = constraint.name.map { "CONSTRAINT \(quote($0)) " } ?? ""
        switch constraint {
        // The server takes a name here and forgets it.
        case .primaryKey(let key): return "\(name)PRIMARY KEY (\(list(key.columns)))"
        case .unique(let unique): return "\(name)UNIQUE (\(list(unique.columns)))"
        case .foreignKey(let key): return name + (try definition(of: key, in: table))
        case .check(let check): return "\(name)CHECK (\(check.condition))"
        }
    }

    private func definition(of column: Column) throws(DatabaseError) -> String {
        var text = "\(quote(column.name)) \(try spelling(of: column.type))"
        if !column.isNullable { text += " NOT NULL" }
        if let value = column.serverDefault { text += " DEFAULT \(spelling(of: value, for: column.type))" }
        return text
    }

    private func definition(of key: ForeignKey, in table: Identifier) throws(DatabaseError) -> String {
        guard key.onDelete != .setDefault, key.onUpdate != .setDefault else {
            throw DatabaseError(
                .unsupportedFeature,
                "The foreign key of \(table) to \(key.table) sets defaults, which InnoDB refuses. Use SET NULL or "
                    + "CASCADE.",
                table: table.name,
                columns: key.columns
            )
        }
        var text = "FOREIGN KEY (\(list(key.columns))) "
        text += "REFERENCES \(quote(key.table)) (\(list(key.referencedColumns)))"
        if key.onDelete != .noAction { text += " ON DELETE \(key.onDelete.rawValue)" }
        if key.onUpdate != .noAction { text += " ON UPDATE \(key.onUpdate.rawValue)" }
        return text
    }

    private func spelling(of value: ServerDefault, for type: ColumnType) -> String {
        switch value {
        case .boolean(let isTrue): return isTrue ? "true" : "false"
        case .integer(let integer): return String(integer)
        case .text(let text):
            // https://dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html: MySQL gives TEXT, BLOB and JSON columns a
            // default only as an expression.
            return [.text, .bytes, .json].contains(type) ? "(\(literal(text)))" : literal(text)
        // CURRENT_TIMESTAMP is the session's wall clock; times are stored in UTC.
        case .currentTimestamp:
            guard case .timestamp(let digits?) = type else { return "(UTC_TIMESTAMP())" }
            return "(UTC_TIMESTAMP(\(digits)))"
        case .expression(let sql): return "(\(sql))"
        }
    }

    /// A text in quotes, for sessions in which a backslash escapes, as every session of this dialect is.
    func literal(_ text: String) -> String {
        var literal = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": literal += "''"
            case "\\": literal += "\\\\"
            case "\0": literal += "\\0"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "'"
    }

    func list(_ names: [String]) -> String { names.map { quote($0) }.joined(separator: ", ") }

    private func checked(fractionDigits digits: Int) throws(DatabaseError) -> Int {
        guard (0...6).contains(digits) else {
            throw DatabaseError(
                .unsupportedFeature,
                "MySQL's and MariaDB's times have 0 to 6 fraction digits, not \(digits). Choose from these."
            )
        }
        return digits
    }

    private func checkNames(in operation: SchemaOperation) throws(DatabaseError) {
        for name in operation.names { try checkLength(of: name, in: operation) }
        try operation.checkNames()
    }

    /// https://dev.mysql.com/doc/refman/8.0/en/identifier-length.html: the server refuses what is longer, but only after
    /// what came before it was committed.
    private func checkLength(of name: String, in operation: SchemaOperation) throws(DatabaseError) {
        let length = name.unicodeScalars.count
        guard length > 64 else { return }
        throw DatabaseError(
            .unsupportedFeature,
            "The name '\(name)' has \(length) characters, and MySQL and MariaDB allow 64 (\(operation.summary)). Choose a "
                + "shorter name."
        )
    }
}
#endif

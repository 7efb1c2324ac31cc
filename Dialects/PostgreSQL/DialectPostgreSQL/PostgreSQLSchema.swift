#if PostgreSQL
internal import DialectCore

/// How PostgreSQL spells column types and schema operations.
enum PostgreSQLSchema {
    // https://www.postgresql.org/docs/current/datatype.html
    static func spelling(of type: ColumnType) throws(DatabaseError) -> String {
        switch type {
        case .boolean: "BOOLEAN"
        case .smallInteger: "SMALLINT"
        case .integer: "INTEGER"
        case .bigInteger: "BIGINT"
        case .double: "DOUBLE PRECISION"
        case .decimal(let precision, let scale): "NUMERIC(\(precision), \(scale))"
        case .string(let length): "VARCHAR(\(length))"
        case .text: "TEXT"
        case .bytes: "BYTEA"
        case .uuid: "UUID"
        case .timestamp(nil): "TIMESTAMP WITH TIME ZONE"
        case .timestamp(let digits?): "TIMESTAMP(\(try checked(fractionDigits: digits))) WITH TIME ZONE"
        // JSONB would change the document: it sorts keys, drops all but the last of equal ones, and refuses `\u0000`.
        case .json: "JSON"
        case .native(let spelling): spelling
        }
    }

    static func statements(for operation: SchemaOperation) throws(DatabaseError) -> [Statement] {
        for name in operation.names { try checkLength(of: name, in: operation) }
        return [Statement(unsafe: try sql(for: operation))]
    }

    private static func sql(for operation: SchemaOperation) throws(DatabaseError) -> String {
        switch operation {
        case .createTable(let table, let ifNotExists):
            return "CREATE TABLE \(ifNotExists ? "IF NOT EXISTS " : "")\(quote(table.name)) "
                + "(\(try parts(of: table).joined(separator: ", ")))"
        case .dropTable(let table):
            return "DROP TABLE \(quote(table))"
        case .renameTable(let table, let name):
            return "ALTER TABLE \(quote(table)) RENAME TO \(quote(name))"
        case .addColumn(let column, let table):
            return "ALTER TABLE \(quote(table)) ADD COLUMN \(try definition(of: column))"
        case .dropColumn(let column, let table):
            return "ALTER TABLE \(quote(table)) DROP COLUMN \(quote(column))"
        case .renameColumn(let column, let table, let name):
            return "ALTER TABLE \(quote(table)) RENAME COLUMN \(quote(column)) TO \(quote(name))"
        case .createIndex(let index):
            // An index is always in its table's schema, so its name may not say which.
            let elements = index.elements.map { quote($0.column) + ($0.isDescending ? " DESC" : "") }
            return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(quote(index.name)) ON \(quote(index.table)) "
                + "(\(elements.joined(separator: ", ")))"
        case .dropIndex(let index, let table):
            return "DROP INDEX \(quote(Identifier(index, schema: table.schema)))"
        }
    }

    private static func parts(of table: Table) throws(DatabaseError) -> [String] {
        var parts: [String] = []
        for column in table.columns { parts.append(try definition(of: column)) }
        if let key = table.primaryKey {
            parts.append("\(constraint(key.name))PRIMARY KEY (\(list(key.columns)))")
        }
        parts += table.uniqueConstraints.map { "\(constraint($0.name))UNIQUE (\(list($0.columns)))" }
        parts += table.foreignKeys.map(definition)
        parts += table.checkConstraints.map { "\(constraint($0.name))CHECK (\($0.condition))" }
        return parts
    }

    private static func definition(of column: Column) throws(DatabaseError) -> String {
        var text = "\(quote(column.name)) \(try spelling(of: column.type))"
        if let value = column.serverDefault { text += " DEFAULT \(try spelling(of: value, of: column))" }
        if !column.isNullable { text += " NOT NULL" }
        return text
    }

    private static func definition(of key: ForeignKey) -> String {
        var text = "\(constraint(key.name))FOREIGN KEY (\(list(key.columns))) "
        text += "REFERENCES \(quote(key.table)) (\(list(key.referencedColumns)))"
        if key.onDelete != .noAction { text += " ON DELETE \(key.onDelete.rawValue)" }
        if key.onUpdate != .noAction { text += " ON UPDATE \(key.onUpdate.rawValue)" }
        return text
    }

    private static func spelling(of value: ServerDefault, of column: Column) throws(DatabaseError) -> String {
        switch value {
        case .boolean(let isTrue): return isTrue ? "true" : "false"
        case .integer(let integer): return String(integer)
        case .text(let text):
            guard !text.utf8.contains(0) else {
                throw DatabaseError(
                    .unsupportedFeature,
                    "The default of the column '\(column.name)' has a NUL, which PostgreSQL's text cannot hold. Take it "
                        + "out.",
                    columns: [column.name]
                )
            }
            return literal(text)
        case .currentTimestamp: return "CURRENT_TIMESTAMP"
        case .expression(let sql): return "(\(sql))"
        }
    }

    /// A text in quotes, whatever `standard_conforming_strings` is.
    static func literal(_ text: String) -> String {
        let quoted = "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        guard quoted.utf8.contains(UInt8(ascii: "\\")) else { return quoted }
        return "E" + quoted.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
    }

    private static func constraint(_ name: String?) -> String { name.map { "CONSTRAINT \(quote($0)) " } ?? "" }

    private static func list(_ names: [String]) -> String { names.map(quote).joined(separator: ", ") }

    private static func quote(_ identifier: Identifier) -> String { PostgreSQLDialect().quote(identifier) }

    private static func quote(_ name: String) -> String { quote(Identifier(name)) }

    private static func checked(fractionDigits digits: Int) throws(DatabaseError) -> Int {
        guard (0...6).contains(digits) else {
            throw DatabaseError(
                .unsupportedFeature,
                "PostgreSQL's timestamps have 0 to 6 fraction digits, not \(digits). Choose from these."
            )
        }
        return digits
    }

    /// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS: what is longer is cut off
    /// with no more than a notice, and may then be another object's name.
    private static func checkLength(of name: String, in operation: SchemaOperation) throws(DatabaseError) {
        let length = name.utf8.count
        guard length > 63 || name.utf8.contains(0) else { return }
        throw DatabaseError(
            .unsupportedFeature,
            length > 63
                ? "The name '\(name)' has \(length) bytes, and PostgreSQL would cut it to 63 without an error "
                    + "(\(operation.summary)). Choose a shorter name."
                : "A name has a NUL, at which PostgreSQL would cut it (\(operation.summary)). Choose another name."
        )
    }
}
#endif

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

    static func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] {
        for name in operation.names { try checkLength(of: name, in: operation) }
        try operation.checkNames()
        return try sql(for: operation, in: model).map { [Statement(unsafe: $0)] } ?? []
    }

    /// The statement, nil where there is nothing to do.
    private static func sql(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> String? {
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
        case .alterColumn(let old, let new, let table):
            let changes = try changes(from: old, to: new)
            return changes.isEmpty ? nil : "ALTER TABLE \(quote(table)) \(changes.joined(separator: ", "))"
        case .addConstraint(let constraint, let table):
            return "ALTER TABLE \(quote(table)) ADD \(definition(of: constraint))"
        case .dropConstraint(let constraint, let table):
            let known = constraint.name == nil ? model.table(table)?.constraint(like: constraint) : nil
            return
                "ALTER TABLE \(quote(table)) DROP CONSTRAINT \(quote(try PostgreSQLNames.name(of: known ?? constraint, in: table)))"
        case .createIndex(let index, let concurrently):
            // An index is always in its table's schema, so its name may not say which.
            let elements = index.elements.map { quote($0.column) + ($0.isDescending ? " DESC" : "") }
            return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(concurrently ? "CONCURRENTLY " : "")"
                + "\(quote(index.name)) ON \(quote(index.table)) (\(elements.joined(separator: ", ")))"
                + (index.condition.map { " WHERE \($0)" } ?? "")
        case .dropIndex(let index, let table, let concurrently):
            return "DROP INDEX \(concurrently ? "CONCURRENTLY " : "")"
                + quote(Identifier(index, schema: table.schema))
        }
    }

    /// The parts of an ALTER TABLE that make one column of another.
    ///
    /// https://www.postgresql.org/docs/current/sql-altertable.html: a default is converted by no USING, so one goes
    /// before the type changes and comes back after it.
    private static func changes(from old: Column, to new: Column) throws(DatabaseError) -> [String] {
        let column = "ALTER COLUMN \(quote(new.name))"
        var changes: [String] = []
        let (oldType, newType) = (try spelling(of: old.type), try spelling(of: new.type))
        if old.serverDefault != nil, new.serverDefault == nil || oldType != newType {
            changes.append("\(column) DROP DEFAULT")
        }
        if oldType != newType {
            changes.append("\(column) TYPE \(newType) USING \(cast(of: new, from: old.type, to: newType))")
        }
        if let value = new.serverDefault, value != old.serverDefault || oldType != newType {
            changes.append("\(column) SET DEFAULT \(try spelling(of: value, of: new))")
        }
        if old.isNullable != new.isNullable {
            changes.append("\(column) \(new.isNullable ? "DROP" : "SET") NOT NULL")
        }
        return changes
    }

    /// A cast to the type without its length or precision: one with them would cut what the assignment that follows
    /// refuses.
    private static func cast(of column: Column, from old: ColumnType, to type: String) -> String {
        let base = type.split(separator: "(", maxSplits: 1).first.map(String.init) ?? type
        let suffix = type.split(separator: ")", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        // Between booleans and integers there is one cast only, that of 32 bits.
        let isByInteger =
            old == .boolean && [.smallInteger, .bigInteger].contains(column.type)
            || column.type == .boolean && [.smallInteger, .bigInteger].contains(old)
        return "\(quote(column.name))\(isByInteger ? "::INTEGER" : "")::\(base)\(suffix)"
    }

    private static func parts(of table: Table) throws(DatabaseError) -> [String] {
        var parts: [String] = []
        for column in table.columns { parts.append(try definition(of: column)) }
        return parts + table.constraints.map(definition)
    }

    private static func definition(of constraint: TableConstraint) -> String {
        let name = constraint.name.map { "CONSTRAINT \(quote($0)) " } ?? ""
        switch constraint {
        case .primaryKey(let key): return "\(name)PRIMARY KEY (\(list(key.columns)))"
        case .unique(let unique): return "\(name)UNIQUE (\(list(unique.columns)))"
        case .foreignKey(let key): return name + definition(of: key)
        case .check(let check): return "\(name)CHECK (\(check.condition))"
        }
    }

    private static func definition(of column: Column) throws(DatabaseError) -> String {
        var text = "\(quote(column.name)) \(try spelling(of: column.type))"
        if let value = column.serverDefault { text += " DEFAULT \(try spelling(of: value, of: column))" }
        if !column.isNullable { text += " NOT NULL" }
        return text
    }

    private static func definition(of key: ForeignKey) -> String {
        var text = "FOREIGN KEY (\(list(key.columns))) "
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

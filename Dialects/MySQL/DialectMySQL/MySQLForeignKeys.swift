#if MySQL
internal import DialectCore

// InnoDB asks more of a foreign key than the types that a schema is read back with: a CHAR(32) is not the server's own
// UUID, and texts need one collation at both ends.
// https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html
extension MySQLConnection {
    func obstacle(to key: ForeignKey, of table: Table) async throws(DatabaseError) -> ForeignKeyObstacle? {
        let forms = try await columnForms(of: key.table)
        guard !forms.isEmpty else { return .missingTable }
        for (name, referencedName) in zip(key.columns, key.referencedColumns) {
            guard let referencedForm = forms[referencedName] else { return .missingColumn(referencedName) }
            guard let column = table.columns.first(where: { $0.name == name }),
                let form = try await form(ofNew: column, in: table.name)
            else { continue }
            guard form == referencedForm else {
                return .mismatch(
                    column: name,
                    form: form,
                    referencedColumn: referencedName,
                    referencedForm: referencedForm
                )
            }
        }
        return nil
    }

    /// The columns that a table has, each in a form that is the same at both ends of a foreign key.
    private func columnForms(of table: Identifier) async throws(DatabaseError) -> [String: String] {
        guard let database = try await database(of: table.schema) else { return [:] }
        let result = try await execute(
            """
            SELECT COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = \(database) AND TABLE_NAME = \(table.name)
            """
        )
        var forms: [String: String] = [:]
        for row in result.rows {
            let (name, type, collation) = try row.decode(String.self, String.self, String?.self)
            forms[name] = try form(of: type, collation)
        }
        return forms
    }

    /// The form of a column that is not there yet; nil when it cannot be told.
    private func form(ofNew column: Column, in table: Identifier) async throws(DatabaseError) -> String? {
        let type = try dialect.spelling(of: column.type).lowercased()
        guard Self.textTypes.contains(where: type.hasPrefix) else { return try form(of: type, nil) }
        let words = type.split(separator: " ")
        if let clause = words.firstIndex(of: "collate"), clause + 1 < words.count {
            return try form(of: type, String(words[clause + 1]))
        }
        // Its collation is the character set's, which is not asked for.
        if words.contains("charset") || words.contains("character") { return nil }
        // A table that is not there yet takes the database's.
        guard let database = try await database(of: table.schema) else { return nil }
        let result = try await execute(
            """
            SELECT IFNULL(
                (SELECT TABLE_COLLATION FROM information_schema.TABLES
                    WHERE TABLE_SCHEMA = \(database) AND TABLE_NAME = \(table.name)),
                (SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA
                    WHERE SCHEMA_NAME = \(database))
            )
            """
        )
        return try form(of: type, try result.rows.first?.decode(String?.self, at: 0))
    }

    private static let textTypes = ["char", "varchar", "text", "tinytext", "mediumtext", "longtext", "enum", "set"]

    /// Texts of any length suit each other when they have one collation; other types have to be the same.
    private func form(of type: String, _ collation: String?) throws(DatabaseError) -> String {
        if let collation { return "text in \(collation)" }
        let known = ColumnType(mySQL: type)
        return try dialect.spelling(of: known == .uuid ? .native(type) : known).lowercased()
    }
}
#endif

internal import DialectCore

extension SQLiteConnection: TableRebuilding {
    func suspendForeignKeys() async throws(DatabaseError) {
        await enter()
        defer { leave() }
        let database = try openDatabase()
        try refuseWhenOccupied()
        try refuseWhenCancelled()
        try refuseInTransaction()
        // Whoever forgets to resume them gets it done by the reset.
        hasChangedSession = true
        database.suspendForeignKeys()
    }

    func resumeForeignKeys() async throws(DatabaseError) {
        await enter()
        defer { leave() }
        let database = try openDatabase()
        try refuseInTransaction()
        database.restoreSettings()
    }

    /// https://sqlite.org/pragma.html#pragma_foreign_keys: rows that a transaction has changed without them are not
    /// looked at afterwards.
    private func refuseInTransaction() throws(DatabaseError) {
        guard transaction != .none else { return }
        throw DatabaseError(
            .invalidTransactionState,
            "Foreign keys cannot be suspended or resumed inside a transaction. End it first."
        )
    }

    func statementsKeeping(_ table: Identifier, in model: SchemaModel) async throws(DatabaseError) -> [Statement] {
        let database = table.schema ?? "main"
        let master = Identifier("sqlite_master", schema: database)
        let found = try await execute(
            "SELECT sql FROM \(identifier: master) WHERE type = 'table' AND name = \(table.name) COLLATE NOCASE"
        ).rows.first
        guard let known = model.table(table), let found, let live = try await reflectSchema(table.schema).table(table)
        else {
            throw DatabaseError(
                .undefinedObject,
                "The table \(table) cannot be made anew, because it is not in the database under this name.",
                table: table.name
            )
        }
        let generated = try await execute(
            "SELECT name FROM pragma_table_xinfo(\(table.name), \(database)) WHERE hidden > 1"
        ).rows
        let losses = SQLiteLosses(
            live,
            sql: try found.decode(at: 0),
            generated: try generated.map { row throws(DatabaseError) in try row.decode(String.self, at: 0) }
        )
        try losses.refuse(comparedWith: known)
        return try await otherStatements(of: table, in: database, model)
    }

    /// The statements of triggers, and of indexes that the model does not know, in the order in which they were made.
    private func otherStatements(
        of table: Identifier,
        in database: String,
        _ model: SchemaModel
    ) async throws(DatabaseError) -> [Statement] {
        let master = Identifier("sqlite_master", schema: database)
        let rows = try await execute(
            """
            SELECT type, name, sql FROM \(identifier: master)
            WHERE type IN ('index', 'trigger') AND tbl_name = \(table.name) COLLATE NOCASE AND sql IS NOT NULL
            ORDER BY type, rowid
            """
        ).rows
        let known = model.indexes.filter { $0.table == table }.map { $0.name.lowercased() }
        var statements: [Statement] = []
        for row in rows {
            let (type, name, sql) = try row.decode(String.self, String.self, String.self)
            if type == "index", known.contains(name.lowercased()) { continue }
            guard database == "main" else {
                throw DatabaseError(
                    .invalidMigration,
                    "The table \(table) would lose the \(type) '\(name)', whose statement does not say in which schema it "
                        + "belongs. Drop it before the step, and create it again after it.",
                    table: table.name
                )
            }
            statements.append(Statement(unsafe: sql))
        }
        return statements
    }

    func checkRebuiltTables() async throws(DatabaseError) {
        // Whoever does without them may have rows that reference nothing.
        if options.enforcesForeignKeys { try await checkForeignKeys() }
        try await checkSchema()
    }

    private func checkForeignKeys() async throws(DatabaseError) {
        var words: [String] = []
        var first: String?
        for database in try await execute("SELECT name FROM pragma_database_list ORDER BY seq").rows {
            for row in try await execute(Self.violations(in: try database.decode(String.self, at: 0))).rows {
                let (table, parent, count) = try row.decode(String.self, String.self, Int.self)
                words.append("\(count) of '\(table)' without a row of '\(parent)'")
                first = first ?? table
            }
        }
        guard words.isEmpty else {
            throw DatabaseError(
                .foreignKeyViolation,
                "Rows would reference nothing: \(words.joined(separator: ", ")). While tables are made anew no DELETE or "
                    + "UPDATE is followed by the rows that reference its own. Mend these rows before the migration, or in "
                    + "it.",
                table: first
            )
        }
    }

    /// The numbers of rows that reference nothing, by their table and the one that they reference.
    private static func violations(in database: String) -> Statement {
        """
        SELECT m.name, c.parent, COUNT(*) FROM \(identifier: Identifier("sqlite_master", schema: database)) m
        JOIN pragma_foreign_key_check(m.name, \(database)) c
        WHERE m.type = 'table' GROUP BY m.name, c.parent ORDER BY m.name, c.parent
        """
    }

    /// A renaming reads every view and trigger: https://sqlite.org/lang_altertable.html#altertabrename.
    private func checkSchema() async throws(DatabaseError) {
        do {
            for sql in [
                "CREATE TABLE \"_rebuilt\" (a)", "ALTER TABLE \"_rebuilt\" RENAME TO \"_rebuilt_checked\"",
                "DROP TABLE \"_rebuilt_checked\"",
            ] { try await execute(Statement(unsafe: sql)) }
        } catch {
            // Such as `error in view v after rename: no such column: a`.
            let words = error.serverMessage?.split(separator: " ").map(String.init) ?? []
            guard words.starts(with: ["error", "in"]), words.count > 3 else { throw error }
            let name = words[3].hasSuffix(":") ? String(words[3].dropLast()) : words[3]
            var error = error
            error.code = .undefinedObject
            error.message =
                "The \(words[2]) '\(name)' does not work with the tables as they are after the rebuild. Drop it before "
                + "the step, and create it again after it, in words that suit the new table."
            throw error
        }
    }
}

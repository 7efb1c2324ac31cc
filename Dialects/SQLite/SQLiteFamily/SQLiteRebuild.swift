public import DialectCore

/// A table that a new one takes the place of, for what ALTER TABLE cannot do.
///
/// https://sqlite.org/lang_altertable.html#otheralter
struct SQLiteRebuild {
    let before: Table
    let after: Table
    /// The indexes of the new table.
    let indexes: [Index]
}

extension CommonSQLite {
    /// The table that the statements for an operation make anew, or nil when they change it in place or are refused.
    public func rebuiltTable(by operation: SchemaOperation, in model: SchemaModel) -> Identifier? {
        (try? rebuild(for: operation, in: model))?.before.name
    }

    /// `PRAGMA foreign_keys = OFF`, which a transaction would ignore.
    public var statementsBeforeRebuilds: [Statement] { ["PRAGMA foreign_keys = OFF"] }

    /// `PRAGMA foreign_keys = ON`.
    public var statementsAfterRebuilds: [Statement] { ["PRAGMA foreign_keys = ON"] }

    /// The rebuild that an operation takes, nil when ALTER TABLE can do it.
    ///
    /// - Throws: `DatabaseError` when it takes one and the model does not know enough of the table.
    func rebuild(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> SQLiteRebuild? {
        guard let table = rebuildCandidate(for: operation, in: model) else { return nil }
        try refuseBefore(3_026_000, operation.summary)
        guard let before = model.table(table) else {
            throw DatabaseError(
                .unsupportedFeature,
                "SQLite cannot \(operation.summary) in place, and a new table cannot be made because no operation before "
                    + "this one has created it. Create it by createTable, or write the statements yourself.",
                table: table.name
            )
        }
        let changed = try model.applying(operation)
        guard let after = changed.table(table) else { return nil }
        return SQLiteRebuild(before: before, after: after, indexes: changed.indexes.filter { $0.table == table })
    }

    private func rebuildCandidate(for operation: SchemaOperation, in model: SchemaModel) -> Identifier? {
        switch operation {
        case .alterColumn(let old, let new, let table): old == new ? nil : table
        case .addConstraint(_, let table), .dropConstraint(_, let table): table
        case .addColumn(let column, let table):
            obstacle(toAppending: column) != nil && model.table(table) != nil ? table : nil
        case .dropColumn(let column, let table):
            libraryVersion < 3_035_000 && model.table(table) != nil || isNamed(column, of: table, in: model)
                ? table : nil
        default: nil
        }
    }

    /// Whether an index or a constraint names a column, for which DROP COLUMN is refused.
    private func isNamed(_ column: String, of table: Identifier, in model: SchemaModel) -> Bool {
        guard var plain = model.table(table), let changed = try? model.applying(.dropColumn(column, from: table)) else {
            return false
        }
        plain.columns.removeAll { $0.name == column }
        return changed.table(table) != plain || changed.indexes != model.indexes
    }

    /// What keeps a column from being appended, nil when nothing does.
    ///
    /// The conditions of https://sqlite.org/lang_altertable.html#altertabaddcol that a description shows.
    func obstacle(toAppending column: Column) -> String? {
        switch column.serverDefault {
        case .currentTimestamp: "its default is not a constant"
        case .expression: "its default may not be a constant"
        case nil where !column.isNullable: "it may not be null and has no default"
        default: nil
        }
    }

    func statements(for rebuild: SQLiteRebuild) throws(DatabaseError) -> [Statement] {
        let name = rebuild.before.name
        let temporary = Identifier("_rebuilt_\(name.name)", schema: name.schema)
        var new = rebuild.after
        new.name = temporary
        var statements = [try createTable(new, ifNotExists: false)]
        let kept = rebuild.before.columns.map(\.name).filter { old in new.columns.contains { $0.name == old } }
        if !kept.isEmpty {
            let columns = list(kept)
            statements.append("INSERT INTO \(quote(temporary)) (\(columns)) SELECT \(columns) FROM \(quote(name))")
        }
        statements.append("DROP TABLE \(quote(name))")
        // A view or trigger that names the table finds none at this moment, and would stop the renaming.
        statements.append("PRAGMA legacy_alter_table = ON")
        statements.append("ALTER TABLE \(quote(temporary)) RENAME TO \(quote(name.name))")
        statements.append("PRAGMA legacy_alter_table = OFF")
        statements += rebuild.indexes.map(createIndex)
        return statements.map { Statement(unsafe: $0) }
    }
}

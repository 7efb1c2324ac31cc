/// One change of a schema, described in portable words.
public enum SchemaOperation: Sendable, Hashable {
    /// Creates a table with its constraints; with `ifNotExists`, only when no table has its name.
    case createTable(Table, ifNotExists: Bool = false)
    /// Drops a table.
    case dropTable(Identifier)
    /// Gives a table another name in the same schema.
    case renameTable(Identifier, to: String)
    /// Appends a column to a table.
    case addColumn(Column, to: Identifier)
    /// Drops a column, and with it the indexes and constraints of its table that name it.
    case dropColumn(String, from: Identifier)
    /// Gives a column another name.
    case renameColumn(String, of: Identifier, to: String)
    /// Gives a column another type, nullability or default: from the definition that it has to the one it shall have.
    ///
    /// The name is the same in both. The values are converted as the database assigns them; one that does not fit fails
    /// the operation where the database checks.
    case alterColumn(Column, to: Column, of: Identifier)
    /// Adds a constraint to a table; the columns of a primary key may not be null from then on.
    case addConstraint(TableConstraint, to: Identifier)
    /// Drops a constraint of a table, described as it was added.
    case dropConstraint(TableConstraint, from: Identifier)
    /// Creates an index; with `concurrently`, while other sessions write, where the dialect declares
    /// `concurrentIndexes`.
    case createIndex(Index, concurrently: Bool = false)
    /// Drops an index; the table tells databases where it is, and `concurrently` is as for `createIndex`.
    case dropIndex(String, on: Identifier, concurrently: Bool = false)
}

extension SchemaOperation {
    /// The operation in a few words, for plans, logs and errors.
    public var summary: String {
        switch self {
        case .createTable(let table, _): "create table \(table.name)"
        case .dropTable(let table): "drop table \(table)"
        case .renameTable(let table, let name): "rename table \(table) to \(name)"
        case .addColumn(let column, let table): "add column \(table).\(column.name)"
        case .dropColumn(let column, let table): "drop column \(table).\(column)"
        case .renameColumn(let column, let table, let name): "rename column \(table).\(column) to \(name)"
        case .alterColumn(let column, _, let table): "alter column \(table).\(column.name)"
        case .addConstraint(let constraint, let table): "add \(constraint.summary) to \(table)"
        case .dropConstraint(let constraint, let table): "drop \(constraint.summary) from \(table)"
        case .createIndex(let index, _): "create index \(index.name) on \(index.table)"
        case .dropIndex(let index, let table, _): "drop index \(index) on \(table)"
        }
    }

    /// Whether a dialect that declares `concurrentIndexes` can perform the operation outside transactions only.
    public var isConcurrent: Bool {
        switch self {
        case .createIndex(_, let concurrently), .dropIndex(_, _, let concurrently): concurrently
        default: false
        }
    }
}

extension SchemaOperation {
    /// Every unquoted name that the operation mentions, for dialects whose databases limit the length of names.
    public var names: [String] {
        switch self {
        case .createTable(let table, _): table.names
        case .dropTable(let table): table.parts
        case .renameTable(let table, let name): table.parts + [name]
        case .addColumn(let column, let table): table.parts + [column.name]
        case .dropColumn(let column, let table): table.parts + [column]
        case .renameColumn(let column, let table, let name): table.parts + [column, name]
        case .alterColumn(let old, let new, let table): table.parts + [old.name, new.name]
        case .addConstraint(let constraint, let table), .dropConstraint(let constraint, let table):
            table.parts + constraint.names
        case .createIndex(let index, _): index.table.parts + [index.name] + index.elements.map(\.column)
        case .dropIndex(let index, let table, _): table.parts + [index]
        }
    }
}

extension SchemaOperation {
    /// Refuses an operation that alters a column and has two names for it, as every dialect does before it spells one.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration`.
    public func checkNames() throws(DatabaseError) {
        guard case .alterColumn(let old, let new, let table) = self, old.name != new.name else { return }
        throw DatabaseError(
            .invalidMigration,
            "The operation alters the column \(table).\(old.name) and calls it '\(new.name)' afterwards. Leave the name, "
                + "and use renameColumn for another one.",
            table: table.name,
            columns: [old.name]
        )
    }
}

extension Table {
    /// Every constraint of the table: the primary key, unique constraints, foreign keys, checks.
    public var constraints: [TableConstraint] {
        (primaryKey.map { [.primaryKey($0)] } ?? []) + uniqueConstraints.map { .unique($0) }
            + foreignKeys.map { .foreignKey($0) } + checkConstraints.map { .check($0) }
    }

    fileprivate var names: [String] { name.parts + columns.map(\.name) + constraints.flatMap(\.names) }
}

extension TableConstraint {
    fileprivate var names: [String] {
        let own = (name.map { [$0] } ?? []) + columns
        guard case .foreignKey(let key) = self else { return own }
        return own + key.table.parts + key.referencedColumns
    }
}

extension Identifier {
    fileprivate var parts: [String] { (schema.map { [$0] } ?? []) + [name] }
}

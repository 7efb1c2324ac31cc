#if MySQL
internal import DialectCore

// InnoDB gives each foreign key an index when the table has none that begins with its columns, drops that index without a
// word when a better one is made, and refuses to drop the last one (error 1553).
// https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html
extension MySQLDialect {
    /// The clauses of an ALTER TABLE that drop a constraint and the index that it had for itself.
    func dropping(
        _ constraint: TableConstraint,
        from table: Identifier,
        in model: SchemaModel
    ) throws(DatabaseError) -> [String] {
        let name = constraint.name ?? model.table(table)?.constraint(like: constraint)?.name
        switch constraint {
        case .primaryKey:
            let clauses = standIns(
                in: model.applied(.dropConstraint(constraint, from: table)),
                for: table,
                before: model
            )
            return clauses + ["DROP PRIMARY KEY"]
        case .unique(let unique):
            let clauses = standIns(
                in: model.applied(.dropConstraint(constraint, from: table)),
                for: table,
                before: model
            )
            return clauses + ["DROP INDEX \(quote(try usualName(of: unique, named: name, in: table, model)))"]
        case .foreignKey(let key):
            guard let name else { throw Self.isNameless(constraint, table) }
            return ["DROP FOREIGN KEY \(quote(name))"] + dropping(indexOf: key, named: name, of: table, in: model)
        case .check:
            guard let name else { throw Self.isNameless(constraint, table) }
            return ["DROP CONSTRAINT \(quote(name))"]
        }
    }

    /// The clauses that drop what would otherwise keep the column, or stay without it.
    func dropping(
        whatNames column: String,
        of table: Identifier,
        in model: SchemaModel
    ) throws(DatabaseError) -> [String] {
        let after = model.applied(.dropColumn(column, from: table))
        var clauses: [String] = []
        let kept = after.table(table)?.constraints ?? []
        for constraint in model.table(table)?.constraints ?? [] where !kept.contains(constraint) {
            // The clauses of the foreign keys come before those of the indexes that they need.
            let own = try dropping(constraint, from: table, in: model).filter { !$0.hasPrefix("ADD ") }
            if case .foreignKey = constraint { clauses = own + clauses } else { clauses += own }
        }
        for index in model.indexes where index.table == table && !after.indexes.contains(index) {
            clauses.append("DROP INDEX \(quote(index.name))")
        }
        return standIns(in: after, for: table, before: model) + clauses
    }

    /// The clauses that give foreign keys an index of their own when this one goes that they have used.
    func standIns(without index: String, of table: Identifier, in model: SchemaModel) -> [String] {
        standIns(in: model.applied(.dropIndex(index, on: table)), for: table, before: model)
    }

    private func standIns(in after: SchemaModel, for table: Identifier, before: SchemaModel) -> [String] {
        var clauses: [String] = []
        for key in after.table(table)?.foreignKeys ?? []
        where before.hasIndex(for: key, of: table) && !after.hasIndex(for: key, of: table) {
            let name = quote(key.name ?? key.columns[0])
            // One may be left from the last time.
            let condition = server?.hasConditionalIndexes == true ? "IF NOT EXISTS " : ""
            let clause = "ADD INDEX \(condition)\(name) (\(list(key.columns)))"
            if !clauses.contains(clause) { clauses.append(clause) }
        }
        return clauses
    }

    private func dropping(
        indexOf key: ForeignKey,
        named name: String,
        of table: Identifier,
        in model: SchemaModel
    ) -> [String] {
        guard !model.indexes.contains(where: { $0.table == table && $0.name == name }) else { return [] }
        if server?.hasConditionalIndexes == true { return ["DROP INDEX IF EXISTS \(quote(name))"] }
        guard model.table(table) != nil, !model.hasIndex(for: key, of: table) else { return [] }
        return ["DROP INDEX \(quote(name))"]
    }

    /// A unique constraint's name, or the one that it got when it was made without: that of its first column, unless
    /// something else has it.
    private func usualName(
        of unique: UniqueConstraint,
        named name: String?,
        in table: Identifier,
        _ model: SchemaModel
    ) throws(DatabaseError) -> String {
        if let name { return name }
        let first = unique.columns[0]
        let others = model.table(table)?.uniqueConstraints.filter { $0.name == nil && $0.columns.first == first } ?? []
        let isTaken = model.indexes.contains { $0.table == table && $0.name == first }
        guard others.count < 2, !isTaken else { throw Self.isNameless(.unique(unique), table) }
        return first
    }

    private static func isNameless(_ constraint: TableConstraint, _ table: Identifier) -> DatabaseError {
        DatabaseError(
            .unsupportedFeature,
            "To drop the \(constraint.summary) from \(table) takes its name: it was made without one, and the server has "
                + "numbered it. Look it up with SHOW CREATE TABLE, and drop it by that name.",
            table: table.name,
            columns: constraint.columns
        )
    }
}

extension SchemaModel {
    /// The model after an operation, or as it is when the operation does not fit.
    fileprivate func applied(_ operation: SchemaOperation) -> SchemaModel { (try? applying(operation)) ?? self }

    /// Whether something that the model knows begins with the columns of a foreign key.
    fileprivate func hasIndex(for key: ForeignKey, of name: Identifier) -> Bool {
        guard let table = table(name) else { return false }
        let keys = (table.primaryKey.map { [$0.columns] } ?? []) + table.uniqueConstraints.map(\.columns)
        let indexed = indexes.filter { $0.table == name }.map { $0.elements.map(\.column) }
        return (keys + indexed).contains { $0.starts(with: key.columns) }
    }
}
#endif

internal import DialectCore

/// How the objects of two schemas are compared.
struct SchemaComparison {
    let dialect: any Dialect
    let filters: MigrationFilters

    /// What has to be done to the first schema so that it becomes the second.
    func operations(from old: SchemaModel, to new: SchemaModel) throws(DatabaseError)
        -> [SchemaOperation]
    {
        var changes = SchemaChanges()
        let isIncluded = { (table: Table) in filters.includeObject(table.name.name, .table) }
        changes.drop(old.tables.filter { isIncluded($0) && new.table($0.name) == nil })
        changes.create(new.tables.filter { isIncluded($0) && old.table($0.name) == nil })
        for table in new.tables where isIncluded(table) {
            if let other = old.table(table.name) {
                try compare((other, old.indexes), (table, new.indexes), &changes)
            } else {
                let indexes = new.indexes.filter {
                    $0.table == table.name && filters.includeObject($0.name, .index)
                }
                changes.createdIndexes += indexes.map { .createIndex($0) }
            }
        }
        changes.replaceKeysOfRetypedColumns()
        return changes.operations
    }

    /// A table with the indexes of its schema.
    typealias Side = (table: Table, indexes: [Index])

    /// Adds what has to be done to the first so that it becomes the second.
    private func compare(_ old: Side, _ new: Side, _ changes: inout SchemaChanges)
        throws(DatabaseError)
    {
        try compareColumns(old.table, new.table, &changes)
        comparePrimaryKeys(old.table, new.table, &changes)
        compareUniqueKeysAndIndexes(old, new, &changes)
        compareChecks(old.table, new.table, &changes)
        compareForeignKeys(old.table, new.table, &changes)
    }

    private func compareColumns(_ old: Table, _ new: Table, _ changes: inout SchemaChanges)
        throws(DatabaseError)
    {
        let (oldForms, newForms) = (normalized(old).columns, normalized(new).columns)
        for (position, column) in new.columns.enumerated()
        where filters.includeObject(column.name, .column) {
            guard let other = old.columns.firstIndex(where: { $0.name == column.name }) else {
                changes.addedColumns.append(.addColumn(column, to: new.name))
                continue
            }
            let before = try ComparableColumn(oldForms[other], of: old, dialect)
            let after = try ComparableColumn(newForms[position], of: new, dialect)
            guard before != after else { continue }
            if before.type != after.type {
                changes.retypedColumns.insert(.init(table: new.name, column: column.name))
            }
            changes.alteredColumns.append(.alterColumn(old.columns[other], to: column, of: new.name))
        }
        for column in old.columns where !new.columns.contains(where: { $0.name == column.name }) {
            guard filters.includeObject(column.name, .column) else { continue }
            changes.droppedColumns.append(.dropColumn(column.name, from: new.name))
        }
    }

    private func comparePrimaryKeys(_ old: Table, _ new: Table, _ changes: inout SchemaChanges) {
        guard old.primaryKey?.columns != new.primaryKey?.columns else { return }
        if let key = old.primaryKey { changes.drop(.primaryKey(key), from: new.name) }
        if let key = new.primaryKey { changes.add(.primaryKey(key), to: new.name) }
    }

    private func compareChecks(_ old: Table, _ new: Table, _ changes: inout SchemaChanges) {
        let condition = { (check: CheckConstraint) in ComparableSQL(check.condition).text }
        let unmatched = matches(
            zip(old.checkConstraints, normalized(old).checkConstraints.map(condition)),
            zip(new.checkConstraints, normalized(new).checkConstraints.map(condition))
        ) { $0.1 == $1.1 && names($0.0.name, $1.0.name) }
        for (check, _) in unmatched.old where filters.includeObject(check.name, .checkConstraint) {
            changes.drop(.check(check), from: new.name)
        }
        for (check, _) in unmatched.new where filters.includeObject(check.name, .checkConstraint) {
            changes.add(.check(check), to: new.name)
        }
    }

    private func compareForeignKeys(_ old: Table, _ new: Table, _ changes: inout SchemaChanges) {
        let compared = matches(
            zip(old.foreignKeys, normalized(old).foreignKeys),
            zip(new.foreignKeys, normalized(new).foreignKeys)
        ) { $0.1.withoutName == $1.1.withoutName && names($0.0.name, $1.0.name) }
        for (key, _) in compared.old where filters.includeObject(key.name, .foreignKeyConstraint) {
            changes.drop(.foreignKey(key), from: new.name)
        }
        for (key, _) in compared.new where filters.includeObject(key.name, .foreignKeyConstraint) {
            changes.add(.foreignKey(key), to: new.name)
        }
        let isKept = { (key: ForeignKey) in !compared.old.contains { $0.0 == key } }
        changes.keptKeys += old.foreignKeys.filter(isKept).map { ($0, new.name) }
    }

    func normalized(_ table: Table) -> Table {
        (dialect as? any SchemaNormalizing)?.normalized(table) ?? table
    }

    /// Whether two names may be those of one constraint: nobody chose one of them, or they are equal.
    func names(_ old: String?, _ new: String?) -> Bool { old == nil || new == nil || old == new }
}

/// Pairs elements of two lists, each at most once, and returns those that are left.
func matches<Element>(
    _ old: some Sequence<Element>,
    _ new: some Sequence<Element>,
    _ areEqual: (Element, Element) -> Bool
) -> (old: [Element], new: [Element]) {
    var left = Array(old)
    var unmatched: [Element] = []
    for element in new {
        if let match = left.firstIndex(where: { areEqual($0, element) }) {
            left.remove(at: match)
        } else {
            unmatched.append(element)
        }
    }
    return (left, unmatched)
}

extension ForeignKey {
    fileprivate var withoutName: ForeignKey {
        var key = self
        key.name = nil
        return key
    }
}

internal import DialectCore

extension SchemaComparison {
    /// Unique constraints and indexes are compared together: what one of them is to a model may be the other to a database.
    func compareUniqueKeysAndIndexes(_ old: Side, _ new: Side, _ changes: inout SchemaChanges) {
        let table = new.table.name
        var constraints = matches(old.table.uniqueConstraints, new.table.uniqueConstraints) {
            $0.columns == $1.columns && names($0.name, $1.name)
        }
        var indexes = matches(
            old.indexes.filter { $0.table == table },
            new.indexes.filter { $0.table == table }
        ) { $0.name == $1.name && areEqual($0, $1) }
        Self.pair(&indexes.old, &constraints.new) {
            $0.isUniqueKey(of: $1.columns) && names($0.name, $1.name)
        }
        Self.pair(&indexes.new, &constraints.old) {
            $0.isUniqueKey(of: $1.columns) && names($1.name, $0.name)
        }

        for constraint in constraints.old
        where filters.includeObject(constraint.name, .uniqueConstraint) {
            changes.drop(.unique(constraint), from: table)
        }
        for constraint in constraints.new
        where filters.includeObject(constraint.name, .uniqueConstraint) {
            changes.add(.unique(constraint), to: table)
        }
        for index in indexes.old where filters.includeObject(index.name, .index) {
            changes.droppedIndexes.append(.dropIndex(index.name, on: table))
        }
        for index in indexes.new where filters.includeObject(index.name, .index) {
            changes.createdIndexes.append(.createIndex(index))
        }
    }

    private func areEqual(_ old: Index, _ new: Index) -> Bool {
        let forms = [old, new].map { index in
            (dialect as? any SchemaNormalizing)?.normalized(index) ?? index
        }
        let conditions = forms.map { index in index.condition.map { ComparableSQL($0).text } }
        return old.elements == new.elements && old.isUnique == new.isUnique
            && conditions[0] == conditions[1]
    }

    /// Takes what equals something of the other list out of both.
    private static func pair<First, Second>(
        _ first: inout [First],
        _ second: inout [Second],
        _ areEqual: (First, Second) -> Bool
    ) {
        first.removeAll { element in
            guard let match = second.firstIndex(where: { areEqual(element, $0) }) else { return false }
            second.remove(at: match)
            return true
        }
    }
}

extension Index {
    /// Whether the index does what a unique constraint of these columns does.
    fileprivate func isUniqueKey(of columns: [String]) -> Bool {
        isUnique && condition == nil && elements == columns.map { Element($0) }
    }
}

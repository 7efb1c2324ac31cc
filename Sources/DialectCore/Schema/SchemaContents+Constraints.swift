extension SchemaContents {
    mutating func add(_ constraint: TableConstraint, to name: Identifier) throws(DatabaseError) {
        let position = try position(of: name)
        if let taken = constraint.name, tables[position].constraints.contains(where: { $0.name == taken }) {
            throw Self.duplicate("constraint", "\(taken) of \(name)")
        }
        for column in constraint.columns { _ = try self.position(of: column, in: position) }
        switch constraint {
        case .primaryKey(let key):
            guard tables[position].primaryKey == nil else { throw Self.duplicate("primary key", "of \(name)") }
            tables[position].primaryKey = key
            for column in tables[position].columns.indices
            where key.columns.contains(tables[position].columns[column].name) {
                tables[position].columns[column].isNullable = false
            }
        case .unique(let unique): tables[position].uniqueConstraints.append(unique)
        case .foreignKey(let key): tables[position].foreignKeys.append(key)
        case .check(let check): tables[position].checkConstraints.append(check)
        }
    }

    mutating func drop(_ constraint: TableConstraint, from name: Identifier) throws(DatabaseError) {
        let position = try position(of: name)
        switch tables[position].constraint(like: constraint) {
        case .primaryKey: tables[position].primaryKey = nil
        case .unique(let unique): tables[position].uniqueConstraints.removeFirst(equalTo: unique)
        case .foreignKey(let key): tables[position].foreignKeys.removeFirst(equalTo: key)
        case .check(let check): tables[position].checkConstraints.removeFirst(equalTo: check)
        case nil:
            guard case .unique(let unique) = constraint, let index = unique.name,
                let position = indexes.firstIndex(where: { $0.isUnique && $0.name == index && $0.table == name })
            else { throw Self.undefined(constraint.summary, "of \(name)") }
            indexes.remove(at: position)
        }
    }

    /// Drops what a database may have as an index.
    mutating func dropUniqueConstraint(_ constraint: String, of name: Identifier) throws(DatabaseError) {
        guard let position = tables.firstIndex(where: { $0.name == name }),
            let unique = tables[position].uniqueConstraints.first(where: { $0.name == constraint })
        else { throw Self.undefined("index", "\(constraint) on \(name)") }
        tables[position].uniqueConstraints.removeFirst(equalTo: unique)
    }
}

extension Table {
    /// The table's constraint of the kind and the name of another, or, where one of the two has no name, the one that
    /// constrains the same.
    public func constraint(like other: TableConstraint) -> TableConstraint? {
        let candidates = constraints.filter { $0.kind == other.kind }
        return candidates.first { $0.name != nil && $0.name == other.name }
            ?? candidates.first { ($0.name == nil || other.name == nil) && $0.constrainsTheSame(as: other) }
    }
}

extension TableConstraint {
    fileprivate var kind: Int {
        switch self {
        case .primaryKey: 0
        case .unique: 1
        case .foreignKey: 2
        case .check: 3
        }
    }

    fileprivate func constrainsTheSame(as other: TableConstraint) -> Bool {
        switch (self, other) {
        case (.foreignKey(let key), .foreignKey(let other)):
            key.columns == other.columns && key.table == other.table
                && key.referencedColumns == other.referencedColumns
        case (.check(let check), .check(let other)): check.condition == other.condition
        default: columns == other.columns
        }
    }
}

extension Array where Element: Equatable {
    fileprivate mutating func removeFirst(equalTo element: Element) {
        if let index = firstIndex(of: element) { remove(at: index) }
    }
}

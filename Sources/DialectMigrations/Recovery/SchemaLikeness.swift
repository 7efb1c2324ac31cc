internal import DialectCore

/// Tells whether an object of a live schema is what a model describes, and if not, how it differs.
///
/// Names that the database chose, and the words in which it prints a condition or an expression, make no difference.
struct SchemaLikeness {
    let live: SchemaModel
    let dialect: any Dialect

    /// How the live object differs from the model's, in words that follow its name; nil when it does not.
    func difference(of object: SchemaObject, from model: SchemaModel) -> String? {
        switch (live.has(object), model.has(object)) {
        case (false, false): return nil
        case (false, true): return isAnother(object, in: model) ? nil : "is missing"
        case (true, false): return "is there"
        case (true, true): break
        }
        switch object {
        case .table(let name):
            guard let found = live.table(name), let wanted = model.table(name) else { return nil }
            return difference(found, wanted)
        case .column(let name, let table):
            guard let found = live.column(name, of: table), let wanted = model.column(name, of: table) else {
                return nil
            }
            return difference(found, wanted)
        case .index(let name, let table):
            guard let found = live.index(name, on: table), let wanted = model.index(name, on: table) else { return nil }
            if found.elements != wanted.elements { return "is on \(words(found)) instead of \(words(wanted))" }
            if found.isUnique != wanted.isUnique { return "is \(found.isUnique ? "" : "not ")unique" }
            return (found.condition == nil) == (wanted.condition == nil)
                ? nil : "is on \(found.condition == nil ? "all" : "some") rows"
        case .constraint(let constraint, let table):
            guard let found = live.constraint(constraint, of: table),
                let wanted = model.constraint(constraint, of: table)
            else { return nil }
            return difference(found, wanted)
        }
    }

    /// Whether the model's object is there under a name that the database chose, so that this one is in neither.
    private func isAnother(_ object: SchemaObject, in model: SchemaModel) -> Bool {
        guard case .constraint(let constraint, let table) = object,
            let unnamed = model.constraint(constraint, of: table), unnamed.name == nil
        else { return false }
        return live.constraint(unnamed, of: table) != nil
    }

    private func difference(_ found: TableConstraint, _ wanted: TableConstraint) -> String? {
        switch (found, wanted) {
        case (.foreignKey(let found), .foreignKey(let wanted)):
            found.comparable == wanted.comparable ? nil : "is \(words(found)) instead of \(words(wanted))"
        default:
            found.columns == wanted.columns
                ? nil : "is on \(words(found.columns)) instead of \(words(wanted.columns))"
        }
    }

    private func difference(_ found: Table, _ wanted: Table) -> String? {
        let (names, wantedNames) = (found.columns.map(\.name), wanted.columns.map(\.name))
        guard names == wantedNames else { return "has the columns \(words(names)) instead of \(words(wantedNames))" }
        for (column, wanted) in zip(found.columns, wanted.columns) {
            if let difference = difference(column, wanted) { return "has a column \(column.name) that \(difference)" }
        }
        let (key, wantedKey) = (found.primaryKey?.columns ?? [], wanted.primaryKey?.columns ?? [])
        guard key == wantedKey else { return "has the primary key \(words(key)) instead of \(words(wantedKey))" }
        let uniques = Set(found.uniqueConstraints.map(\.columns))
        let uniqueIndexes = Set(live.indexes.filter { $0.table == found.name && $0.isUnique }.map(\.columns))
        let wantedUniques = Set(wanted.uniqueConstraints.map(\.columns))
        for columns in wantedUniques where !uniques.contains(columns) && !uniqueIndexes.contains(columns) {
            return "has no unique constraint on \(words(columns))"
        }
        for columns in uniques where !wantedUniques.contains(columns) {
            return "has a unique constraint on \(words(columns))"
        }
        let (keys, wantedKeys) = (Set(found.foreignKeys.map(\.comparable)), Set(wanted.foreignKeys.map(\.comparable)))
        if let key = wantedKeys.subtracting(keys).first { return "has no foreign key \(words(key))" }
        if let key = keys.subtracting(wantedKeys).first { return "has a foreign key \(words(key))" }
        guard found.checkConstraints.count == wanted.checkConstraints.count else {
            return "has \(found.checkConstraints.count) check constraints instead of \(wanted.checkConstraints.count)"
        }
        return nil
    }

    private func difference(_ found: Column, _ wanted: Column) -> String? {
        let (type, wantedType) = (spelling(of: found), spelling(of: wanted))
        guard type.uppercased() == wantedType.uppercased() else { return "is \(type) instead of \(wantedType)" }
        guard found.isNullable == wanted.isNullable else { return "may \(found.isNullable ? "" : "not ")be null" }
        switch (found.serverDefault, wanted.serverDefault) {
        // What an expression becomes when the database prints it cannot be told.
        case (.expression?, .expression?), (.currentTimestamp?, .expression?), (.expression?, .currentTimestamp?):
            return nil
        case (let value, let wantedValue):
            return value == wantedValue ? nil : "has \(value == nil ? "no" : "another") default"
        }
    }

    private func spelling(of column: Column) -> String {
        (try? dialect.spelling(of: column.type)) ?? "\(column.type)"
    }

    private func words(_ names: [String]) -> String { "(\(names.joined(separator: ", ")))" }

    private func words(_ index: Index) -> String {
        words(index.elements.map { $0.column + ($0.isDescending ? " DESC" : "") })
    }

    private func words(_ key: ForeignKey) -> String {
        "\(words(key.columns)) to \(key.table) \(words(key.referencedColumns)) ON DELETE \(key.onDelete.rawValue) "
            + "ON UPDATE \(key.onUpdate.rawValue)"
    }
}

extension Index {
    fileprivate var columns: [String] { elements.map(\.column) }
}

extension ForeignKey {
    /// The key without its name, and with one word for the two actions that some databases have as one.
    fileprivate var comparable: ForeignKey {
        var key = self
        key.name = nil
        if key.onDelete == .restrict { key.onDelete = .noAction }
        if key.onUpdate == .restrict { key.onUpdate = .noAction }
        return key
    }
}

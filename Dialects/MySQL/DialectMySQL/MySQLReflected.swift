#if MySQL
internal import DialectCore

/// A schema as it is put together from the rows of the information schema: checks first, then columns, foreign keys and
/// indexes.
struct MySQLReflected {
    let schema: String?
    let database: String
    /// Whether a default is printed as SQL; MySQL prints a text without quotes.
    let quotesDefaults: Bool

    private var tables: [Table] = []
    private var positions: [String: Int] = [:]
    private var checks: [String: [CheckConstraint]] = [:]
    private var indexes: [Index] = []
    /// The indexes that the model has no words for, each with its table as the schema.
    private var hidden: Set<Identifier> = []

    init(schema: String?, database: String, quotesDefaults: Bool) {
        self.schema = schema
        self.database = database
        self.quotesDefaults = quotesDefaults
    }

    mutating func addCheck(_ row: Row) throws(DatabaseError) {
        let (table, name, condition) = try row.decode(String.self, String.self, String.self)
        let check = CheckConstraint(unsafe: condition.mySQLWithoutOuterParentheses, name: name)
        checks[table, default: []].append(check)
    }

    mutating func addColumn(_ row: Row) throws(DatabaseError) {
        let (table, name, type) = try row.decode(String.self, String.self, String.self)
        let isNullable = try row.decode(String.self, at: 3) == "YES"
        let printed = try row.decode(String?.self, at: 4)
        let extra = try row.decode(String.self, at: 5).lowercased()
        let generation = try row.decode(String?.self, at: 6) ?? ""
        let position = positions[table] ?? tables.count
        if position == tables.count {
            positions[table] = position
            tables.append(Table(Identifier(table, schema: schema), columns: []))
        }
        var column = Column(name, ColumnType(mySQL: type), nullable: isNullable)
        // MariaDB's JSON is a text with this check.
        if type == "longtext", removeCheck("json_valid(`\(name)`)", named: name, of: table) { column.type = .json }
        if !generation.isEmpty {
            let kind = extra.contains("stored") ? "STORED" : "VIRTUAL"
            column.type = .native("\(type) GENERATED ALWAYS AS (\(generation)) \(kind)")
        } else if extra.contains("auto_increment") {
            column.type = .native("\(type) AUTO_INCREMENT")
        } else if let printed {
            let isExpression = extra.contains("default_generated")
            column.serverDefault =
                quotesDefaults
                ? ServerDefault(mariaDB: printed, for: column.type)
                : ServerDefault(mySQL: printed, isExpression: isExpression, for: column.type)
        }
        tables[position].columns.append(column)
    }

    private mutating func removeCheck(_ condition: String, named name: String, of table: String) -> Bool {
        guard let index = checks[table]?.firstIndex(where: { $0.name == name && $0.condition == condition }) else {
            return false
        }
        checks[table]?.remove(at: index)
        return true
    }

    mutating func addForeignKey(_ row: Row) throws(DatabaseError) {
        let (table, name, column) = try row.decode(String.self, String.self, String.self)
        guard let position = positions[table] else { return }
        let other = try row.decode(String.self, at: 3)
        if tables[position].foreignKeys.last?.name != name {
            tables[position].foreignKeys.append(
                ForeignKey(
                    [],
                    references: Identifier(try row.decode(at: 4), schema: other == database ? schema : other),
                    [],
                    onDelete: ForeignKey.Action(mySQL: try row.decode(at: 6)),
                    onUpdate: ForeignKey.Action(mySQL: try row.decode(at: 7)),
                    name: name
                )
            )
        }
        let last = tables[position].foreignKeys.count - 1
        tables[position].foreignKeys[last].columns.append(column)
        tables[position].foreignKeys[last].referencedColumns.append(try row.decode(at: 5))
    }

    mutating func addIndex(_ row: Row) throws(DatabaseError) {
        let (table, name) = try row.decode(String.self, String.self)
        guard let position = positions[table] else { return }
        // An index on an expression has no column here.
        let column = try row.decode(String?.self, at: 3)
        if name == "PRIMARY" {
            guard let column else { return }
            if tables[position].primaryKey == nil { tables[position].primaryKey = PrimaryKey([]) }
            tables[position].primaryKey?.columns.append(column)
            return
        }
        let owner = Identifier(table, schema: schema)
        if indexes.last?.name != name || indexes.last?.table != owner {
            indexes.append(Index(name, on: owner, [], unique: try row.decode(Int.self, at: 2) == 0))
        }
        let (isPrefix, kind) = (try row.decode(Bool.self, at: 5), try row.decode(String.self, at: 6))
        if column == nil || isPrefix || kind != "BTREE" { hidden.insert(Identifier(name, schema: table)) }
        let isDescending = try row.decode(String?.self, at: 4) == "D"
        indexes[indexes.count - 1].elements.append(Index.Element(column ?? "", descending: isDescending))
    }

    var model: SchemaModel {
        var model = SchemaModel()
        var kept: [Index] = []
        var tables = tables
        for index in indexes where !hidden.contains(Identifier(index.name, schema: index.table.name)) {
            guard let position = positions[index.table.name] else { continue }
            if index.hasUnnamedConstraintsName {
                let columns = index.elements.map(\.column)
                tables[position].uniqueConstraints.append(UniqueConstraint(columns, name: index.name))
            } else if !tables[position].foreignKeys.contains(where: index.serves) {
                kept.append(index)
            }
        }
        // The server's order of names is that of a collation.
        for var table in tables.sorted(by: { $0.name.name < $1.name.name }) {
            table.checkConstraints = checks[table.name.name] ?? []
            model.add(table)
        }
        model.indexes = kept.sorted { ($0.table.name, $0.name) < ($1.table.name, $1.name) }
        return model
    }
}

extension Index {
    /// Whether the server made the index for a foreign key: it is named after the constraint or its first column.
    fileprivate func serves(_ key: ForeignKey) -> Bool {
        !isUnique && elements.map(\.column) == key.columns && !elements.contains(where: \.isDescending)
            && (name == key.name || hasName(after: key.columns[0]))
    }

    /// Whether the index is unique and named as the server names a constraint without a name.
    fileprivate var hasUnnamedConstraintsName: Bool {
        guard isUnique, let first = elements.first else { return false }
        return !elements.contains(where: \.isDescending) && hasName(after: first.column)
    }

    /// The column's name, or that with `_2`, `_3` and so on.
    private func hasName(after column: String) -> Bool {
        guard name.hasPrefix(column) else { return false }
        let rest = name.dropFirst(column.count)
        return rest.isEmpty || rest.hasPrefix("_") && Int(rest.dropFirst()).map { $0 > 1 } == true
    }
}

extension ForeignKey.Action {
    /// InnoDB has no deferred checks, so RESTRICT and NO ACTION are one.
    fileprivate init(mySQL rule: String) {
        let action = ForeignKey.Action(rawValue: rule) ?? .noAction
        self = action == .restrict ? .noAction : action
    }
}
#endif

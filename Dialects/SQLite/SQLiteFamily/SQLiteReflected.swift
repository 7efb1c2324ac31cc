internal import DialectCore

/// A schema as it is put together from the rows of the schema table and the pragmas.
struct SQLiteReflected {
    let schema: String?
    private var tables: [Table] = []
    private var texts: [SQLiteTableText] = []
    private var positions: [String: Int] = [:]
    private var indexes: [ReflectedIndex] = []
    /// The columns of each primary key with their places in it.
    private var keys: [Int: [(place: Int, column: String)]] = [:]
    /// The list's number of the foreign key that the last row was of.
    private var lastKey: (table: Int, id: Int) = (-1, -1)

    private struct ReflectedIndex {
        var index: Index
        let isConstraint: Bool
        /// Whether the model has no words for it.
        var isHidden = false
    }

    init(schema: String?) { self.schema = schema }

    mutating func addTable(_ row: Row) throws(DatabaseError) {
        let (name, sql) = try row.decode(String.self, String.self)
        positions[name] = tables.count
        tables.append(Table(Identifier(name, schema: schema), columns: []))
        texts.append(SQLiteTableText(sql))
    }

    mutating func addColumn(_ row: Row) throws(DatabaseError) {
        let (table, name, type) = try row.decode(String.self, String.self, String.self)
        guard let position = positions[table] else { return }
        let columnType = ColumnType(sqlite: type)
        let printed = try row.decode(String?.self, at: 4)
        tables[position].columns.append(
            Column(
                name,
                columnType,
                nullable: try !row.decode(Bool.self, at: 3),
                default: printed.map { ServerDefault(sqlite: $0, for: columnType) }
            )
        )
        let place = try row.decode(Int.self, at: 5)
        if place > 0 { keys[position, default: []].append((place, name)) }
    }

    mutating func addForeignKey(_ row: Row) throws(DatabaseError) {
        guard let position = positions[try row.decode(String.self, at: 0)] else { return }
        let id = try row.decode(Int.self, at: 1)
        if lastKey != (position, id) {
            lastKey = (position, id)
            tables[position].foreignKeys.append(
                ForeignKey(
                    [],
                    references: Identifier(try row.decode(at: 3), schema: schema),
                    [],
                    onDelete: ForeignKey.Action(rawValue: try row.decode(at: 5)) ?? .noAction,
                    onUpdate: ForeignKey.Action(rawValue: try row.decode(at: 6)) ?? .noAction
                )
            )
        }
        let last = tables[position].foreignKeys.count - 1
        tables[position].foreignKeys[last].columns.append(try row.decode(at: 2))
        // A key that names no columns references the primary key, which is filled in at the end.
        if let column = try row.decode(String?.self, at: 4) {
            tables[position].foreignKeys[last].referencedColumns.append(column)
        }
    }

    mutating func addIndex(_ row: Row) throws(DatabaseError) {
        let (table, name) = try row.decode(String.self, String.self)
        let owner = Identifier(table, schema: schema)
        if indexes.last.map({ $0.index.name == name && $0.index.table == owner }) != true {
            let condition = try row.decode(String?.self, at: 6).flatMap(SQLiteTableText.condition(ofIndex:))
            let isUnique = try row.decode(Bool.self, at: 2)
            indexes.append(
                ReflectedIndex(
                    index: Index(name, on: owner, [], unique: isUnique, unsafeCondition: condition),
                    isConstraint: try row.decode(String.self, at: 3) == "u"
                )
            )
        }
        let column = try row.decode(String?.self, at: 4)
        let element = Index.Element(column ?? "", descending: try row.decode(Bool.self, at: 5))
        indexes[indexes.count - 1].index.elements.append(element)
        if column == nil { indexes[indexes.count - 1].isHidden = true }
    }

    var model: SchemaModel {
        var tables = tables
        for (position, columns) in keys {
            let sorted = columns.sorted { $0.place < $1.place }.map(\.column)
            tables[position].primaryKey = PrimaryKey(sorted, name: texts[position].primaryKeyName)
        }
        for reflected in indexes where reflected.isConstraint {
            guard let position = positions[reflected.index.table.name] else { continue }
            let columns = reflected.index.elements.map(\.column)
            let name = texts[position].uniqueNames[columns]
            tables[position].uniqueConstraints.append(UniqueConstraint(columns, name: name))
        }
        let primaryKeys = tables.map(\.primaryKey)
        for position in tables.indices {
            for index in tables[position].foreignKeys.indices {
                let key = tables[position].foreignKeys[index]
                tables[position].foreignKeys[index].name = texts[position].foreignKeyNames[key.columns]
                if key.referencedColumns.isEmpty, let other = positions[key.table.name] {
                    tables[position].foreignKeys[index].referencedColumns = primaryKeys[other]?.columns ?? []
                }
            }
            tables[position].checkConstraints = texts[position].checks
        }
        var model = SchemaModel()
        for table in tables { model.add(table) }
        model.indexes = indexes.filter { !$0.isConstraint && !$0.isHidden }.map(\.index)
        return model
    }
}

#if PostgreSQL
internal import DialectCore

/// A schema as it is put together from the rows of the catalog.
struct PostgreSQLReflected {
    let schema: String?
    private var tables: [Table] = []
    private var positions: [String: Int] = [:]
    private var indexes: [Index] = []
    /// The constraint that the last row was of.
    private var constraint = ""

    init(schema: String?) { self.schema = schema }

    var model: SchemaModel {
        var model = SchemaModel()
        for table in tables { model.add(table) }
        model.indexes = indexes
        return model
    }

    mutating func addColumn(_ row: Row) throws(DatabaseError) {
        let name = try row.decode(String.self, at: 0)
        if positions[name] == nil {
            positions[name] = tables.count
            tables.append(Table(Identifier(name, schema: schema), columns: []))
        }
        // A table may have no column at all.
        guard let position = positions[name], let column = try row.decode(String?.self, at: 1) else { return }
        let (type, isNotNull) = (try row.decode(String.self, at: 2), try row.decode(Bool.self, at: 3))
        let expression = try row.decode(String?.self, at: 4)
        let (identity, generated) = (try row.decode(String.self, at: 5), try row.decode(String.self, at: 6))
        if !identity.isEmpty {
            let native = "\(type) GENERATED \(identity == "a" ? "ALWAYS" : "BY DEFAULT") AS IDENTITY"
            tables[position].columns.append(Column(column, .native(native), nullable: !isNotNull))
        } else if !generated.isEmpty, let expression {
            let kind = generated == "s" ? "STORED" : "VIRTUAL"
            let native = "\(type) GENERATED ALWAYS AS (\(expression.withoutOuterParentheses)) \(kind)"
            tables[position].columns.append(Column(column, .native(native), nullable: !isNotNull))
        } else {
            tables[position].columns.append(
                Column(
                    column,
                    ColumnType(postgreSQL: type),
                    nullable: !isNotNull,
                    default: expression.map(ServerDefault.init(postgreSQL:))
                )
            )
        }
    }

    mutating func addConstraint(_ row: Row) throws(DatabaseError) {
        let (table, name, kind) = try row.decode(String.self, String.self, String.self)
        guard let position = positions[table] else { return }
        // Names are unique within a table only.
        let isNext = constraint == "\(table)\0\(name)"
        constraint = "\(table)\0\(name)"
        if kind == "c" {
            let condition = try row.decode(String.self, at: 10).withoutOuterParentheses
            tables[position].checkConstraints.append(CheckConstraint(unsafe: condition, name: name))
            return
        }
        let column = try row.decode(String.self, at: 3)
        switch kind {
        case "p":
            if !isNext { tables[position].primaryKey = PrimaryKey([], name: name) }
            tables[position].primaryKey?.columns.append(column)
        case "u":
            if !isNext { tables[position].uniqueConstraints.append(UniqueConstraint([], name: name)) }
            tables[position].uniqueConstraints[tables[position].uniqueConstraints.count - 1].columns.append(column)
        default:
            if !isNext { tables[position].foreignKeys.append(try foreignKey(row, name: name)) }
            let last = tables[position].foreignKeys.count - 1
            tables[position].foreignKeys[last].columns.append(column)
            tables[position].foreignKeys[last].referencedColumns.append(try row.decode(String.self, at: 7))
        }
    }

    private func foreignKey(_ row: Row, name: String) throws(DatabaseError) -> ForeignKey {
        let isSameSchema = try row.decode(Bool.self, at: 5)
        let other = isSameSchema ? schema : try row.decode(String.self, at: 4)
        return ForeignKey(
            [],
            references: Identifier(try row.decode(String.self, at: 6), schema: other),
            [],
            onDelete: ForeignKey.Action(postgreSQL: try row.decode(String.self, at: 8)),
            onUpdate: ForeignKey.Action(postgreSQL: try row.decode(String.self, at: 9)),
            name: name
        )
    }

    mutating func addIndex(_ row: Row) throws(DatabaseError) {
        let table = Identifier(try row.decode(String.self, at: 0), schema: schema)
        let name = try row.decode(String.self, at: 1)
        if indexes.last.map({ $0.table == table && $0.name == name }) != true {
            let condition = try row.decode(String?.self, at: 5)?.withoutOuterParentheses
            let isUnique = try row.decode(Bool.self, at: 2)
            indexes.append(Index(name, on: table, [], unique: isUnique, unsafeCondition: condition))
        }
        let element = Index.Element(try row.decode(at: 3), descending: try row.decode(at: 4))
        indexes[indexes.count - 1].elements.append(element)
    }
}

extension ForeignKey.Action {
    /// An action by the catalog's letter.
    fileprivate init(postgreSQL letter: String) {
        self =
            switch letter {
            case "r": .restrict
            case "c": .cascade
            case "n": .setNull
            case "d": .setDefault
            default: .noAction
            }
    }
}
#endif

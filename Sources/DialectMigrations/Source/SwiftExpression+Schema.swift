internal import DialectCore

// How schemas and their operations are written in Swift, as the steps of this package write them.

extension SwiftExpression {
    init(_ operation: SchemaOperation) {
        self =
            switch operation {
            case .createTable(let table, let ifNotExists) where ifNotExists:
                .call(".schema", ["": .call(".createTable", ["": Self(table), "ifNotExists": "true"])])
            case .createTable(let table, _): .call(".createTable", ["": Self(table)])
            case .dropTable(let table): .call(".dropTable", ["": Self(table)])
            case .renameTable(let table, let name):
                .call(".renameTable", ["": Self(table), "to": .string(name)])
            case .addColumn(let column, let table):
                .call(".addColumn", ["": Self(column), "to": Self(table)])
            case .dropColumn(let column, let table):
                .call(".dropColumn", ["": .string(column), "from": Self(table)])
            case .renameColumn(let column, let table, let name):
                .call(".renameColumn", ["": .string(column), "of": Self(table), "to": .string(name)])
            case .alterColumn(let old, let new, let table):
                .call(".alterColumn", ["": Self(old), "to": Self(new), "of": Self(table)])
            case .addConstraint(let constraint, let table):
                .call(".addConstraint", ["": Self(constraint), "to": Self(table)])
            case .dropConstraint(let constraint, let table):
                .call(".dropConstraint", ["": Self(constraint), "from": Self(table)])
            case .createIndex(let index, let concurrently):
                .call(".createIndex", ["": Self(index), "concurrently": concurrently ? "true" : nil])
            case .dropIndex(let index, let table, let concurrently):
                .call(
                    ".dropIndex",
                    ["": .string(index), "on": Self(table), "concurrently": concurrently ? "true" : nil]
                )
            }
    }

    private init(_ identifier: Identifier) {
        let name = Self.string(identifier.name)
        self = identifier.schema.map { .call("Identifier", ["": name, "schema": .string($0)]) } ?? name
    }

    private init(names: [String]) { self = .array(names.map(Self.string)) }

    private init(_ table: Table) {
        func list<Element>(_ elements: [Element], _ write: (Element) -> Self) -> Self? {
            elements.isEmpty ? nil : .array(elements.map(write))
        }
        self = .call(
            "Table",
            [
                "": Self(table.name),
                "columns": .array(table.columns.map(Self.init)),
                "primaryKey": table.primaryKey.map(Self.init),
                "uniqueConstraints": list(table.uniqueConstraints, Self.init),
                "foreignKeys": list(table.foreignKeys, Self.init),
                "checkConstraints": list(table.checkConstraints, Self.init),
            ]
        )
    }

    private init(_ column: Column) {
        self = .call(
            "Column",
            [
                "": .string(column.name), "": Self(column.type),
                "nullable": column.isNullable ? "true" : nil,
                "default": column.serverDefault.map(Self.init),
            ]
        )
    }

    private init(_ type: ColumnType) {
        self =
            switch type {
            case .decimal(let precision, let scale):
                .call(".decimal", ["precision": "\(precision)", "scale": "\(scale)"])
            case .string(let length): .call(".string", ["length": "\(length)"])
            case .timestamp(let digits): .call(".timestamp", ["fractionDigits": digits.map { "\($0)" }])
            case .native(let spelling): .call(".native", ["": .string(spelling)])
            case .boolean, .smallInteger, .integer, .bigInteger, .double, .text, .bytes, .uuid, .json:
                ".\(type)"
            }
    }

    private init(_ value: ServerDefault) {
        self =
            switch value {
            case .boolean(let isTrue): ".boolean(\(isTrue))"
            case .integer(let integer): ".integer(\(integer))"
            case .text(let text): .call(".text", ["": .string(text)])
            case .currentTimestamp: ".currentTimestamp"
            case .expression(let sql): .call(".expression", ["unsafe": .string(sql)])
            }
    }

    private init(_ constraint: TableConstraint) {
        self =
            switch constraint {
            case .primaryKey(let key): .call(".primaryKey", ["": Self(key)])
            case .unique(let unique): .call(".unique", ["": Self(unique)])
            case .foreignKey(let key): .call(".foreignKey", ["": Self(key)])
            case .check(let check): .call(".check", ["": Self(check)])
            }
    }

    private init(_ key: PrimaryKey) {
        self = .call("PrimaryKey", ["": Self(names: key.columns), "name": key.name.map(Self.string)])
    }

    private init(_ unique: UniqueConstraint) {
        self = .call(
            "UniqueConstraint",
            ["": Self(names: unique.columns), "name": unique.name.map(Self.string)]
        )
    }

    private init(_ key: ForeignKey) {
        self = .call(
            "ForeignKey",
            [
                "": Self(names: key.columns), "references": Self(key.table),
                "": Self(names: key.referencedColumns),
                "onDelete": key.onDelete == .noAction ? nil : ".\(key.onDelete)",
                "onUpdate": key.onUpdate == .noAction ? nil : ".\(key.onUpdate)",
                "name": key.name.map(Self.string),
            ]
        )
    }

    private init(_ check: CheckConstraint) {
        self = .call(
            "CheckConstraint",
            ["unsafe": .string(check.condition), "name": check.name.map(Self.string)]
        )
    }

    private init(_ index: Index) {
        let elements = index.elements.map { element -> Self in
            let column = Self.string(element.column)
            return element.isDescending ? .call(".descending", ["": column]) : column
        }
        self = .call(
            "Index",
            [
                "": .string(index.name), "on": Self(index.table), "": .array(elements),
                "unique": index.isUnique ? "true" : nil,
                "unsafeCondition": index.condition.map(Self.string),
            ]
        )
    }
}

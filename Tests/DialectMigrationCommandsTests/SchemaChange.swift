import DialectCore
import Testing

/// Two schemas that differ in one thing.
struct SchemaChange: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let before: [SchemaOperation]
    let after: [SchemaOperation]
    var needs: Set<DialectFeature> = []

    private init(_ name: String, _ before: [SchemaOperation], _ after: [SchemaOperation]) {
        testDescription = name
        (self.before, self.after) = (before, after)
    }

    /// A change of the one table `notes`.
    private init(_ name: String, _ before: (inout Table) -> Void, _ after: (inout Table) -> Void) {
        var (old, new) = (Self.notes, Self.notes)
        before(&old)
        after(&new)
        self.init(name, [.createTable(old)], [.createTable(new)])
    }

    /// A change of an index of the table `notes`.
    private init(_ name: String, _ before: Index?, _ after: Index?, needs: Set<DialectFeature> = []) {
        let table = SchemaOperation.createTable(Self.notes)
        self.init(
            name,
            [table] + (before.map { [.createIndex($0)] } ?? []),
            [table] + (after.map { [.createIndex($0)] } ?? [])
        )
        self.needs = needs
    }

    private static let notes = Table(
        "notes",
        columns: [
            Column("id", .integer), Column("number", .integer), Column("title", .string(length: 20)),
            Column("text", .text, nullable: true),
        ],
        primaryKey: PrimaryKey(["id"])
    )

    /// Tables `one` and `two`, each with keys of a type, and with foreign keys that a test chooses.
    private static func pair(
        _ type: ColumnType = .integer,
        one: [ForeignKey] = [],
        two: [ForeignKey] = []
    ) -> [SchemaOperation] {
        let columns = [Column("id", type), Column("other", type, nullable: true)]
        let tables = ["one", "two"].map {
            Table(Identifier($0), columns: columns, primaryKey: PrimaryKey(["id"]))
        }
        return tables.map { .createTable($0) } + one.map { .addConstraint(.foreignKey($0), to: "one") }
            + two.map { .addConstraint(.foreignKey($0), to: "two") }
    }

    private static let toOne = ForeignKey(["other"], references: "one", ["id"])
    private static let toTwo = ForeignKey(["other"], references: "two", ["id"])

    static let all: [SchemaChange] = tables + columns + constraints + indexes

    private static let tables = [
        SchemaChange("a table", [], [.createTable(notes)]),
        SchemaChange("a table that references another", [], pair(two: [toOne])),
        SchemaChange("a table before the one that it references", [], pair(one: [toTwo])),
        SchemaChange("tables that reference each other", [], pair(one: [toTwo], two: [toOne])),
        SchemaChange("a table that references itself", [], pair(one: [toOne])),
    ]

    private static let columns = [
        SchemaChange("a column", { _ in }, { $0.columns.append(Column("price", .double, nullable: true)) }),
        SchemaChange(
            "a column with a default",
            { _ in },
            { $0.columns.append(Column("n", .integer, default: .integer(3))) }
        ),
        SchemaChange("a larger integer", { _ in }, { $0.columns[1].type = .bigInteger }),
        SchemaChange("a longer string", { _ in }, { $0.columns[2].type = .string(length: 40) }),
        SchemaChange("text instead of a string", { _ in }, { $0.columns[2].type = .text }),
        SchemaChange("a value that is not needed", { _ in }, { $0.columns[1].isNullable = true }),
        SchemaChange("a default", { _ in }, { $0.columns[1].serverDefault = .integer(7) }),
        SchemaChange(
            "another default",
            { $0.columns[2].serverDefault = .text("it's") },
            { $0.columns[2].serverDefault = .text("it is") }
        ),
    ]

    private static let constraints = [
        SchemaChange("a unique constraint", { _ in }, { $0.uniqueConstraints = [UniqueConstraint(["number"])] }),
        SchemaChange(
            "a unique constraint with a name",
            { _ in },
            { $0.uniqueConstraints = [UniqueConstraint(["number", "title"], name: "notes_once")] }
        ),
        SchemaChange(
            "another unique constraint",
            { $0.uniqueConstraints = [UniqueConstraint(["number"], name: "notes_once")] },
            { $0.uniqueConstraints = [UniqueConstraint(["number", "title"], name: "notes_once")] }
        ),
        SchemaChange(
            "a check",
            { _ in },
            { $0.checkConstraints = [CheckConstraint(unsafe: "number > 0", name: "positive")] }
        ),
        SchemaChange(
            "another check",
            { $0.checkConstraints = [CheckConstraint(unsafe: "number > 0", name: "positive")] },
            { $0.checkConstraints = [CheckConstraint(unsafe: "number > 1", name: "positive")] }
        ),
        SchemaChange("another primary key", { _ in }, { $0.primaryKey = PrimaryKey(["number", "id"]) }),
        SchemaChange("a foreign key", pair(), pair(two: [toOne])),
        SchemaChange(
            "another action of a foreign key",
            pair(two: [toOne]),
            pair(two: [ForeignKey(["other"], references: "one", ["id"], onDelete: .cascade)])
        ),
        SchemaChange(
            "other keys of tables that reference each other",
            pair(two: [toOne]),
            pair(.bigInteger, two: [toOne])
        ),
    ]

    private static let indexes = [
        SchemaChange("an index", nil, Index("notes_by_title", on: "notes", ["title"])),
        SchemaChange(
            "a unique index",
            Index("notes_by_title", on: "notes", ["title"]),
            Index("notes_by_title", on: "notes", ["title"], unique: true)
        ),
        SchemaChange(
            "another order of an index",
            Index("notes_by_title", on: "notes", ["title", "number"]),
            Index("notes_by_title", on: "notes", ["title", .descending("number")]),
            needs: [.descendingIndexes]
        ),
        SchemaChange(
            "a partial index",
            Index("notes_by_title", on: "notes", ["title"]),
            Index("notes_by_title", on: "notes", ["title"], unsafeCondition: "number > 0"),
            needs: [.partialIndexes]
        ),
    ]
}

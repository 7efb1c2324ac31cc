import DialectCore
import DialectMigrations
import Testing

@Suite struct SchemaDifferenceTests {
    private static func table(_ name: Identifier, _ keys: ForeignKey..., unique: [UniqueConstraint] = []) -> Table {
        Table(
            name,
            columns: [Column("id", .integer), Column("other", .integer, nullable: true)],
            primaryKey: PrimaryKey(["id"]),
            uniqueConstraints: unique,
            foreignKeys: keys
        )
    }

    private static func key(to table: Identifier, name: String? = nil) -> ForeignKey {
        ForeignKey(["other"], references: table, ["id"], name: name)
    }

    private static func model(_ tables: Table..., indexes: [Index] = []) -> SchemaModel {
        var model = SchemaModel()
        for table in tables { model.add(table) }
        model.indexes = indexes
        return model
    }

    private func operations(
        from old: SchemaModel,
        to new: SchemaModel,
        _ filters: MigrationFilters = MigrationFilters()
    ) throws -> [String] {
        try SchemaDifference(from: old, to: new, dialect: MockDialect(), filters: filters).operations.map(\.summary)
    }

    @Test func referencedTablesComeFirstAndGoLast() throws {
        let model = Self.model(Self.table("a", Self.key(to: "b")), Self.table("b", Self.key(to: "c")), Self.table("c"))
        #expect(
            try operations(from: SchemaModel(), to: model) == ["create table c", "create table b", "create table a"]
        )
        #expect(try operations(from: model, to: SchemaModel()) == ["drop table a", "drop table b", "drop table c"])
    }

    @Test func keysThatGoInACircleAreAddedLastAndDroppedFirst() throws {
        let model = Self.model(
            Self.table("a", Self.key(to: "b")),
            Self.table("b", Self.key(to: "a", name: "b_a")),
            Self.table("c", Self.key(to: "c"))
        )
        let created = try SchemaDifference(from: SchemaModel(), to: model, dialect: MockDialect())
        #expect(
            created.operations.map(\.summary) == [
                "create table c", "create table a", "create table b", "add foreign key a_other_fkey to a",
            ]
        )
        #expect(try operations(from: created.result(from: SchemaModel()), to: model) == [])
        #expect(
            created.reverseOperations.map(\.summary) == [
                "drop foreign key (other) from a", "drop table b", "drop table a", "drop table c",
            ]
        )
    }

    @Test func constraintsAndIndexesGoBeforeTheirColumnsAndComeAfterThem() throws {
        var old = Self.table("t", Self.key(to: "o"), unique: [UniqueConstraint(["other"], name: "u")])
        old.checkConstraints = [CheckConstraint(unsafe: "other > 0", name: "c")]
        var new = Self.table("t")
        new.columns[1] = Column("next", .integer, nullable: true)
        let before = Self.model(Self.table("o"), old, indexes: [Index("i", on: "t", ["other"])])
        let after = Self.model(Self.table("o"), new)
        #expect(
            try operations(from: before, to: after) == [
                "drop foreign key (other) from t", "drop index i on t", "drop unique constraint u from t",
                "drop check constraint c from t", "add column t.next", "drop column t.other",
            ]
        )
        #expect(
            try operations(from: after, to: before) == [
                "add column t.other", "drop column t.next", "add unique constraint u to t",
                "add check constraint c to t",
                "create index i on t", "add foreign key t_other_fkey to t",
            ]
        )
    }

    @Test func foreignKeysStepAsideWhileTheirColumnsChange() throws {
        let old = Self.model(Self.table("a"), Self.table("b", Self.key(to: "a")))
        var a = Self.table("a")
        a.columns[0].type = .bigInteger
        var b = Self.table("b", Self.key(to: "a"))
        b.columns[1].type = .bigInteger
        #expect(
            try operations(from: old, to: Self.model(a, b)) == [
                "drop foreign key (other) from b", "alter column a.id", "alter column b.other",
                "add foreign key b_other_fkey to b",
            ]
        )
    }

    @Test func aNameThatNobodyChoseIsThatOfTheOther() throws {
        let unnamed = Self.model(Self.table("t", Self.key(to: "t"), unique: [UniqueConstraint(["other"])]))
        let named = Self.model(
            Self.table("t", Self.key(to: "t", name: "t_fkey"), unique: [UniqueConstraint(["other"], name: "t_key")])
        )
        let others = Self.model(
            Self.table("t", Self.key(to: "t", name: "t_self"), unique: [UniqueConstraint(["other"], name: "once")])
        )
        #expect(try operations(from: named, to: unnamed) == [])
        #expect(try operations(from: unnamed, to: named) == [])
        #expect(try operations(from: named, to: others).count == 4)
    }

    @Test func aUniqueConstraintEqualsAUniqueIndexOfTheSameColumns() throws {
        let constraint = Self.model(Self.table("t", unique: [UniqueConstraint(["other", "id"], name: "once")]))
        let index = Self.model(Self.table("t"), indexes: [Index("once", on: "t", ["other", "id"], unique: true)])
        #expect(try operations(from: constraint, to: index) == [])
        #expect(try operations(from: index, to: constraint) == [])
        let turned = Self.model(Self.table("t"), indexes: [Index("once", on: "t", ["id", "other"], unique: true)])
        #expect(
            try operations(from: constraint, to: turned) == [
                "drop unique constraint once from t", "create index once on t",
            ]
        )
    }

    @Test func theOrderOfColumnsIsNoDifference() throws {
        var turned = Self.table("t")
        turned.columns.reverse()
        #expect(try operations(from: Self.model(Self.table("t")), to: Self.model(turned)) == [])
    }

    @Test func aTableThatIncludeNameLeavesOutIsTakenAsNotThere() throws {
        let filters = MigrationFilters(includeName: { name, kind in kind != .table || name != "t" })
        let model = Self.model(Self.table("t"))
        #expect(try operations(from: model, to: SchemaModel(), filters) == [])
        #expect(try operations(from: model, to: model, filters) == ["create table t"])
    }

    @Test func aTableThatIncludeObjectLeavesOutIsNeitherMadeNorComparedNorDropped() throws {
        let filters = MigrationFilters(includeObject: { name, kind in kind != .table || name != "t" })
        let model = Self.model(Self.table("t"), indexes: [Index("i", on: "t", ["id"])])
        #expect(try operations(from: model, to: SchemaModel(), filters) == [])
        #expect(try operations(from: SchemaModel(), to: model, filters) == [])
        #expect(try operations(from: Self.model(Self.table("t", Self.key(to: "t"))), to: model, filters) == [])
    }

    @Test(arguments: [
        (SchemaObjectKind.column, "other"), (.index, "i"), (.uniqueConstraint, "u"), (.foreignKeyConstraint, "f"),
        (.checkConstraint, "c"),
    ])
    func otherObjectsAreLeftOutOneByOne(_ kind: SchemaObjectKind, _ name: String) throws {
        var full = Self.table("t", Self.key(to: "t", name: "f"), unique: [UniqueConstraint(["id"], name: "u")])
        full.checkConstraints = [CheckConstraint(unsafe: "id > 0", name: "c")]
        var bare = Self.table("t")
        bare.columns.removeLast()
        let model = Self.model(full, indexes: [Index("i", on: "t", ["id"])])
        let all = try operations(from: model, to: Self.model(bare))
        let filters = MigrationFilters(includeObject: { $0 != name || $1 != kind })
        let some = try operations(from: model, to: Self.model(bare), filters)
        #expect(all.count == 5)
        #expect(some.count == 4)
        #expect(Set(all).subtracting(some).first?.contains(name) == true)
    }
}

extension SchemaDifference {
    fileprivate func result(from model: SchemaModel) throws -> SchemaModel {
        try operations.reduce(model) { model, operation in try model.applying(operation) }
    }
}

#if PostgreSQL
import DialectCore
import DialectPostgreSQL
import Testing

@Suite struct PostgreSQLAlteringTests {
    private let dialect = PostgreSQLDialect()

    private func sql(_ operation: SchemaOperation, in model: SchemaModel = SchemaModel()) throws -> [String] {
        try dialect.statements(for: operation, in: model).map { try $0.sql(for: dialect) }
    }

    @Test(arguments: [
        (Column("c", .text), Column("c", .text), nil),
        (Column("c", .text), Column("c", .text, nullable: true), #"ALTER COLUMN "c" DROP NOT NULL"#),
        (Column("c", .text, nullable: true), Column("c", .text), #"ALTER COLUMN "c" SET NOT NULL"#),
        (Column("c", .text), Column("c", .text, default: .text("x")), #"ALTER COLUMN "c" SET DEFAULT 'x'"#),
        (Column("c", .text, default: .text("x")), Column("c", .text), #"ALTER COLUMN "c" DROP DEFAULT"#),
        (
            Column("c", .text, default: .text("x")), Column("c", .text, default: .text("y")),
            #"ALTER COLUMN "c" SET DEFAULT 'y'"#
        ),
        (Column("c", .text), Column("c", .integer), #"ALTER COLUMN "c" TYPE INTEGER USING "c"::INTEGER"#),
        // A cast to VARCHAR(5) would cut what the assignment refuses.
        (Column("c", .text), Column("c", .string(length: 5)), #"ALTER COLUMN "c" TYPE VARCHAR(5) USING "c"::VARCHAR"#),
        (
            Column("c", .text), Column("c", .timestamp(fractionDigits: 3)),
            #"ALTER COLUMN "c" TYPE TIMESTAMP(3) WITH TIME ZONE USING "c"::TIMESTAMP WITH TIME ZONE"#
        ),
        (
            Column("c", .boolean), Column("c", .bigInteger),
            #"ALTER COLUMN "c" TYPE BIGINT USING "c"::INTEGER::BIGINT"#
        ),
        (
            Column("c", .text, nullable: true, default: .text("1")), Column("c", .integer, default: .integer(1)),
            #"ALTER COLUMN "c" DROP DEFAULT, ALTER COLUMN "c" TYPE INTEGER USING "c"::INTEGER, "#
                + #"ALTER COLUMN "c" SET DEFAULT 1, ALTER COLUMN "c" SET NOT NULL"#
        ),
    ])
    func onlyWhatDiffersIsAltered(old: Column, new: Column, changes: String?) throws {
        let expected = changes.map { [#"ALTER TABLE "t" \#($0)"#] } ?? []
        #expect(try sql(.alterColumn(old, to: new, of: "t")) == expected)
    }

    @Test func twoNamesForOneColumnAreRefused() {
        let operation = SchemaOperation.alterColumn(Column("a", .text), to: Column("b", .text), of: "t")
        let error = #expect(throws: DatabaseError.self) { try sql(operation) }
        #expect(error?.code == .invalidMigration)
    }

    @Test(arguments: [
        (TableConstraint.primaryKey(PrimaryKey(["a", "b"])), #"PRIMARY KEY ("a", "b")"#),
        (.unique(UniqueConstraint(["a"], name: "uq")), #"CONSTRAINT "uq" UNIQUE ("a")"#),
        (.check(CheckConstraint(unsafe: "a > 0")), "CHECK (a > 0)"),
        (
            .foreignKey(ForeignKey(["a"], references: "u", ["b"], onDelete: .cascade, name: "fk")),
            #"CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "u" ("b") ON DELETE CASCADE"#
        ),
    ])
    func constraintsAreAdded(constraint: TableConstraint, definition: String) throws {
        #expect(try sql(.addConstraint(constraint, to: "t")) == [#"ALTER TABLE "t" ADD \#(definition)"#])
    }

    private static let long = Identifier("a_table_whose_name_has_forty_characters_")

    @Test(arguments: [
        (TableConstraint.primaryKey(PrimaryKey(["a"])), Identifier("t"), "t_pkey"),
        (.unique(UniqueConstraint(["a", "b"])), "t", "t_a_b_key"),
        (.foreignKey(ForeignKey(["a", "b"], references: "u", ["c", "d"])), "t", "t_a_b_fkey"),
        (.check(CheckConstraint(unsafe: "a > 0", name: "ck")), "t", "ck"),
        (
            .unique(UniqueConstraint(["a_column_whose_name_has_forty_characters"])), long,
            "a_table_whose_name_has_forty__a_column_whose_name_has_forty_key"
        ),
        (
            .unique(UniqueConstraint([String(repeating: "ä", count: 31)])), "t",
            "t_" + String(repeating: "ä", count: 28) + "_key"
        ),
    ])
    func constraintsAreDroppedByTheNameThatPostgreSQLGave(
        constraint: TableConstraint,
        table: Identifier,
        name: String
    ) throws {
        let expected = #"ALTER TABLE "\#(table)" DROP CONSTRAINT "\#(name)""#
        #expect(try sql(.dropConstraint(constraint, from: table)) == [expected])
    }

    @Test func theModelKnowsTheNameToo() throws {
        let named = UniqueConstraint(["a"], name: "uq")
        var model = SchemaModel()
        model.add(Table("t", columns: [Column("a", .text)], uniqueConstraints: [named]))
        let operation = SchemaOperation.dropConstraint(.unique(UniqueConstraint(["a"])), from: "t")
        #expect(try sql(operation, in: model) == [#"ALTER TABLE "t" DROP CONSTRAINT "uq""#])
    }

    @Test func aCheckWithoutANameIsNotGuessed() {
        let check = TableConstraint.check(CheckConstraint(unsafe: "a > 0"))
        let error = #expect(throws: DatabaseError.self) { try sql(.dropConstraint(check, from: "t")) }
        #expect(error?.code == .unsupportedFeature && error?.message.contains("by its name") == true)
    }

    @Test func indexesArePartialAndConcurrent() throws {
        let index = Index("ix", on: "t", ["a"], unsafeCondition: "a > 0")
        #expect(try sql(.createIndex(index)) == [#"CREATE INDEX "ix" ON "t" ("a") WHERE a > 0"#])
        #expect(
            try sql(.createIndex(index, concurrently: true)) == [
                #"CREATE INDEX CONCURRENTLY "ix" ON "t" ("a") WHERE a > 0"#
            ]
        )
        let table = Identifier("t", schema: "s")
        #expect(try sql(.dropIndex("ix", on: table, concurrently: true)) == [#"DROP INDEX CONCURRENTLY "s"."ix""#])
    }
}
#endif

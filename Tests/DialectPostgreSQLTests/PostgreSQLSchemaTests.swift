#if PostgreSQL
import DialectCore
import DialectPostgreSQL
import Testing

@Suite struct PostgreSQLSchemaTests {
    private let dialect = PostgreSQLDialect()

    private func sql(_ operation: SchemaOperation) throws -> [String] {
        try dialect.statements(for: operation, in: SchemaModel()).map { try $0.sql(for: dialect) }
    }

    @Test(arguments: [
        (ColumnType.boolean, "BOOLEAN"), (.smallInteger, "SMALLINT"), (.integer, "INTEGER"), (.bigInteger, "BIGINT"),
        (.double, "DOUBLE PRECISION"), (.decimal(precision: 38, scale: 4), "NUMERIC(38, 4)"),
        (.string(length: 255), "VARCHAR(255)"), (.text, "TEXT"), (.bytes, "BYTEA"), (.uuid, "UUID"),
        (.timestamp(), "TIMESTAMP WITH TIME ZONE"), (.timestamp(fractionDigits: 3), "TIMESTAMP(3) WITH TIME ZONE"),
        (.json, "JSON"), (.native("jsonb"), "jsonb"),
    ])
    func spellsEachType(type: ColumnType, spelling: String) throws {
        #expect(try dialect.spelling(of: type) == spelling)
    }

    @Test(arguments: [-1, 7]) func otherFractionDigitsAreRefused(_ digits: Int) {
        let error = #expect(throws: DatabaseError.self) {
            try dialect.spelling(of: .timestamp(fractionDigits: digits))
        }
        #expect(error?.code == .unsupportedFeature)
    }

    @Test func anIndexIsNamedInItsTablesSchemaOnlyWhereItIsDropped() throws {
        let table = Identifier("t", schema: "s")
        let index = Index("ix", on: table, ["a", .descending("b")], unique: true)
        #expect(try sql(.createIndex(index)) == [#"CREATE UNIQUE INDEX "ix" ON "s"."t" ("a", "b" DESC)"#])
        #expect(try sql(.dropIndex("ix", on: table)) == [#"DROP INDEX "s"."ix""#])
        #expect(try sql(.renameTable(table, to: "u")) == [#"ALTER TABLE "s"."t" RENAME TO "u""#])
    }

    @Test(arguments: [
        (ServerDefault.boolean(false), "false"), (.integer(-5), "-5"), (.text("it's"), "'it''s'"),
        (.text(#"a\'b"#), #"E'a\\''b'"#), (.currentTimestamp, "CURRENT_TIMESTAMP"),
        (.expression(unsafe: "1 + 2"), "(1 + 2)"),
    ])
    func writesEachDefault(value: ServerDefault, text: String) throws {
        let column = Column("c", .text, default: value)
        let expected = #"ALTER TABLE "t" ADD COLUMN "c" TEXT DEFAULT \#(text) NOT NULL"#
        #expect(try sql(.addColumn(column, to: "t")) == [expected])
    }

    @Test func aTextThatCannotBeStoredIsRefusedAsADefault() {
        let column = Column("c", .text, default: .text("a\0b"))
        let error = #expect(throws: DatabaseError.self) {
            try dialect.statements(for: .addColumn(column, to: "t"), in: SchemaModel())
        }
        #expect(error?.code == .unsupportedFeature)
    }

    /// 63 bytes, in which letters beyond ASCII count twice or more.
    @Test(arguments: [
        (String(repeating: "a", count: 63), true), (String(repeating: "a", count: 64), false),
        (String(repeating: "ä", count: 31), true), (String(repeating: "ä", count: 32), false), ("a\0b", false),
    ])
    func namesThatWouldBeCutAreRefused(name: String, isAllowed: Bool) throws {
        let table = Identifier("t")
        let operations: [SchemaOperation] = [
            .createTable(Table(Identifier(name), columns: [])),
            .createTable(Table("t", columns: [Column(name, .text)])),
            .createTable(Table("t", columns: [], primaryKey: PrimaryKey(["a"], name: name))),
            .createTable(Table("t", columns: [], uniqueConstraints: [UniqueConstraint(["a"], name: name)])),
            .createTable(Table("t", columns: [], checkConstraints: [CheckConstraint(unsafe: "1", name: name)])),
            .createTable(
                Table("t", columns: [], foreignKeys: [ForeignKey(["a"], references: "u", ["b"], name: name)])
            ),
            .dropTable(Identifier("t", schema: name)), .renameTable(table, to: name),
            .addColumn(Column(name, .text), to: table), .dropColumn(name, from: table),
            .renameColumn("a", of: table, to: name), .createIndex(Index(name, on: table, ["a"])),
            .dropIndex(name, on: table),
        ]
        for operation in operations {
            if isAllowed {
                #expect(try dialect.statements(for: operation, in: SchemaModel()).count == 1)
            } else {
                let error = #expect(throws: DatabaseError.self) {
                    try dialect.statements(for: operation, in: SchemaModel())
                }
                #expect(error?.code == .unsupportedFeature)
            }
        }
    }
}
#endif

#if SQLite
import DialectCore
import DialectEngine
import TestSupport
import Testing

import DialectSQLite

@Suite(.enabled(if: DatabaseKind.available.contains(.sqlite))) struct SQLiteReflectionTests {
    @Test func whatOperationsMadeComesBack() async throws {
        let model = try await reflect(SampleSchema.operations)
        #expect(model.tables.map(\.name) == ["items", "shops"])
        let (shops, items) = (try #require(model.table("shops")), try #require(model.table("items")))
        #expect(shops.columns == SampleSchema.shops.columns)
        #expect(shops.primaryKey == SampleSchema.shops.primaryKey)
        #expect(shops.uniqueConstraints == SampleSchema.shops.uniqueConstraints)
        // A DATETIME does not keep how many digits it was declared with.
        var columns = SampleSchema.items.columns
        for index in columns.indices where columns[index].name == "made" { columns[index].type = .timestamp() }
        #expect(items.columns == columns)
        #expect(items.primaryKey == SampleSchema.items.primaryKey)
        #expect(items.foreignKeys == SampleSchema.items.foreignKeys)
        #expect(items.checkConstraints == SampleSchema.items.checkConstraints)
        #expect(model.indexes == SampleSchema.indexes)
    }

    @Test func othersTablesComeAsTheyWereDeclared() async throws {
        let model = try await reflect(
            [],
            [
                "CREATE TABLE p (id INTEGER PRIMARY KEY)",
                """
                CREATE TABLE "t" ( -- a comment, with a comma (
                    a int CHECK (a > 0 /* ) */ AND a < 9), "b, c" text CONSTRAINT named UNIQUE, [d e] varchar(9) DEFAULT 'a''b',
                    `check` real DEFAULT (1 + 2), f REFERENCES p, g datetime DEFAULT CURRENT_TIMESTAMP,
                    CONSTRAINT "pair" UNIQUE ("b, c", a), CONSTRAINT far FOREIGN KEY (a) REFERENCES p (id) ON DELETE CASCADE,
                    CONSTRAINT small CHECK ("check" < 5)
                )
                """,
                "CREATE INDEX partial ON t (a) WHERE a > 1", "CREATE INDEX lowered ON t (lower(`b, c`))",
                "CREATE VIEW v AS SELECT 1", "CREATE INDEX plain ON t ([d e] DESC)",
            ]
        )
        let table = try #require(model.table("t"))
        #expect(model.tables.map(\.name) == ["p", "t"])
        #expect(
            table.columns == [
                Column("a", .native("INT"), nullable: true), Column("b, c", .text, nullable: true),
                Column("d e", .string(length: 9), nullable: true, default: .text("a'b")),
                Column("check", .native("REAL"), nullable: true, default: .expression(unsafe: "1 + 2")),
                Column("f", .native(""), nullable: true),
                Column("g", .timestamp(), nullable: true, default: .currentTimestamp),
            ]
        )
        #expect(
            table.uniqueConstraints == [
                UniqueConstraint(["b, c"], name: "named"), UniqueConstraint(["b, c", "a"], name: "pair"),
            ]
        )
        #expect(
            table.foreignKeys == [
                ForeignKey(["f"], references: "p", ["id"]),
                ForeignKey(["a"], references: "p", ["id"], onDelete: .cascade, name: "far"),
            ]
        )
        #expect(
            table.checkConstraints == [
                CheckConstraint(unsafe: "a > 0 /* ) */ AND a < 9"),
                CheckConstraint(unsafe: "\"check\" < 5", name: "small"),
            ]
        )
        #expect(
            model.indexes == [
                Index("partial", on: "t", ["a"], unsafeCondition: "a > 1"),
                Index("plain", on: "t", [.descending("d e")]),
            ]
        )
    }

    private func reflect(_ operations: [SchemaOperation], _ statements: [String] = []) async throws -> SchemaModel {
        try await DatabaseKind.sqlite.withDatabase { database in
            try await Engine.withEngine(url: database.url) { engine in
                try await engine.withConnection { connection in
                    let dialect = connection.refinedDialect ?? engine.dialect
                    for operation in operations {
                        for statement in try dialect.statements(for: operation, in: SchemaModel()) {
                            try await connection.execute(statement)
                        }
                    }
                    for sql in statements { try await connection.execute(Statement(unsafe: sql)) }
                    return try await connection.reflectSchema(nil)
                }
            }
        }
    }
}
#endif

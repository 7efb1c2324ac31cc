#if PostgreSQL
import DialectCore
import DialectEngine
import TestSupport
import Testing

@testable import DialectPostgreSQL

@Suite(.enabled(if: DatabaseKind.available.contains(.postgreSQL))) struct PostgreSQLReflectionTests {
    @Test func whatOperationsMadeComesBack() async throws {
        let model = try await reflect(SampleSchema.operations)
        #expect(model.tables.map(\.name) == ["items", "shops"])
        let (shops, items) = (try #require(model.table("shops")), try #require(model.table("items")))
        #expect(shops.columns == SampleSchema.shops.columns)
        #expect(shops.primaryKey == SampleSchema.shops.primaryKey)
        #expect(shops.uniqueConstraints == [UniqueConstraint(["name"], name: "shops_name_key")])
        #expect(items.columns == SampleSchema.items.columns)
        #expect(items.primaryKey == SampleSchema.items.primaryKey)
        #expect(items.foreignKeys == SampleSchema.items.foreignKeys)
        #expect(items.checkConstraints == SampleSchema.items.checkConstraints)
        #expect(model.indexes == SampleSchema.indexes)
    }

    @Test func othersTablesComeInPostgreSQLsOwnWords() async throws {
        let model = try await reflect(
            [],
            [
                """
                CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int GENERATED ALWAYS AS (c + 1) STORED, c int,
                    d jsonb DEFAULT '{}', e text[] , f numeric, g varchar, h int DEFAULT (1 + 2), i timestamptz DEFAULT now(),
                    j text DEFAULT 'a''b', k date, l text DEFAULT 'x' || 'y', CHECK (c > 0 AND c < 9))
                """,
                "CREATE INDEX partial ON t (c) WHERE c > 1", "CREATE INDEX lowered ON t (lower(g))",
                "CREATE INDEX hashed ON t USING hash (c)", "CREATE INDEX covering ON t (c) INCLUDE (g)",
                "CREATE VIEW v AS SELECT 1", "CREATE INDEX plain ON t (g)",
            ]
        )
        let table = try #require(model.tables.first)
        #expect(model.tables.count == 1)
        #expect(
            table.columns == [
                Column("a", .native("integer GENERATED ALWAYS AS IDENTITY")),
                Column("b", .native("integer GENERATED ALWAYS AS (c + 1) STORED"), nullable: true),
                Column("c", .integer, nullable: true),
                Column("d", .native("jsonb"), nullable: true, default: .text("{}")),
                Column("e", .native("text[]"), nullable: true), Column("f", .native("numeric"), nullable: true),
                Column("g", .native("character varying"), nullable: true),
                Column("h", .integer, nullable: true, default: .expression(unsafe: "1 + 2")),
                Column("i", .timestamp(), nullable: true, default: .currentTimestamp),
                Column("j", .text, nullable: true, default: .text("a'b")),
                Column("k", .native("date"), nullable: true),
                Column("l", .text, nullable: true, default: .expression(unsafe: "'x'::text || 'y'::text")),
            ]
        )
        #expect(table.checkConstraints == [CheckConstraint(unsafe: "(c > 0) AND (c < 9)", name: "t_c_check")])
        #expect(
            model.indexes == [
                Index("partial", on: "t", ["c"], unsafeCondition: "c > 1"), Index("plain", on: "t", ["g"]),
            ]
        )
    }

    @Test func anotherSchemasTablesAndTheirNamesSayWhichItIs() async throws {
        let child = Table(
            "child",
            columns: [Column("id", .integer)],
            foreignKeys: [ForeignKey(["id"], references: Identifier("parent", schema: "other"), ["id"])]
        )
        let parent = Identifier("parent", schema: "other")
        let made = try await DatabaseKind.postgreSQL.withDatabase { database in
            try await Engine.withEngine(url: database.url) { engine in
                try await engine.withConnection { connection in
                    try await connection.execute("CREATE SCHEMA other")
                    let key = PrimaryKey(["id"])
                    let operations: [SchemaOperation] = [
                        .createTable(Table(parent, columns: [Column("id", .integer)], primaryKey: key)),
                        .createIndex(Index("ix", on: parent, ["id"])), .dropIndex("ix", on: parent),
                        .createIndex(Index("ix", on: parent, [.descending("id")])), .createTable(child),
                    ]
                    for operation in operations {
                        for statement in try engine.dialect.statements(for: operation, in: SchemaModel()) {
                            try await connection.execute(statement)
                        }
                    }
                    return try await (connection.reflectSchema(nil), connection.reflectSchema("other"))
                }
            }
        }
        #expect(made.0.tables.map(\.name) == ["child"])
        #expect(made.0.tables.first?.foreignKeys.map(\.table) == [parent])
        #expect(made.1.tables.map(\.name) == [parent])
        #expect(made.1.indexes == [Index("ix", on: parent, [.descending("id")])])
    }

    private func reflect(_ operations: [SchemaOperation], _ statements: [String] = []) async throws -> SchemaModel {
        try await DatabaseKind.postgreSQL.withDatabase { database in
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

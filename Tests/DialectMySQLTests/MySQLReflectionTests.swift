#if MySQL
import DialectCore
import DialectEngine
import TestSupport
import Testing

@testable import DialectMySQL

@Suite(.enabled(if: DatabaseKind.available.contains(.mariaDB))) struct MySQLReflectionTests {
    @Test func whatOperationsMadeComesBack() async throws {
        let model = try await reflect(SampleSchema.operations)
        #expect(model.tables.map(\.name) == ["items", "shops"])
        let (shops, items) = (try #require(model.table("shops")), try #require(model.table("items")))
        #expect(shops.columns == SampleSchema.shops.columns)
        #expect(shops.primaryKey == PrimaryKey(["region", "number"]))
        #expect(shops.uniqueConstraints == [UniqueConstraint(["name"], name: "name")])
        #expect(items.columns == SampleSchema.items.columns)
        #expect(items.primaryKey == PrimaryKey(["id"]))
        #expect(items.foreignKeys.sorted { $0.columns.count > $1.columns.count } == SampleSchema.items.foreignKeys)
        #expect(
            items.checkConstraints == [CheckConstraint(unsafe: "`amount` <> 0", name: "items_have_an_amount")]
        )
        #expect(model.indexes == SampleSchema.indexes)
    }

    @Test func othersTablesComeInTheServersOwnWords() async throws {
        let model = try await reflect(
            [],
            [
                """
                CREATE TABLE t (a INT UNSIGNED NOT NULL AUTO_INCREMENT, b INT AS (c + 1) STORED, c INT,
                    d VARCHAR(9) DEFAULT 'NULL', e DATETIME DEFAULT CURRENT_TIMESTAMP, f CHAR(32), g TINYINT, h BLOB,
                    i INT DEFAULT (1 + 2), j LONGTEXT, PRIMARY KEY (a), UNIQUE named (c), UNIQUE (d, c),
                    KEY prefix (j(9)), FULLTEXT KEY words (j))
                """,
                "CREATE VIEW v AS SELECT 1",
            ]
        )
        let table = try #require(model.tables.first)
        #expect(model.tables.count == 1)
        #expect(
            table.columns == [
                Column("a", .native("int(10) unsigned AUTO_INCREMENT")),
                Column("b", .native("int(11) GENERATED ALWAYS AS (`c` + 1) STORED"), nullable: true),
                Column("c", .integer, nullable: true),
                Column("d", .string(length: 9), nullable: true, default: .text("NULL")),
                Column("e", .timestamp(), nullable: true, default: .currentTimestamp),
                Column("f", .uuid, nullable: true), Column("g", .native("tinyint(4)"), nullable: true),
                Column("h", .native("blob"), nullable: true),
                Column("i", .integer, nullable: true, default: .expression(unsafe: "1 + 2")),
                Column("j", .native("longtext"), nullable: true),
            ]
        )
        #expect(table.uniqueConstraints == [UniqueConstraint(["d", "c"], name: "d")])
        #expect(model.indexes == [Index("named", on: "t", ["c"], unique: true)])
    }

    @Test func theServersOwnIndexForAForeignKeyIsLeftOut() async throws {
        let parent = Table("parent", columns: [Column("id", .integer)], primaryKey: PrimaryKey(["id"]))
        let key = ForeignKey(["parent_id"], references: "parent", ["id"])
        let child = Table("child", columns: [Column("parent_id", .integer)], foreignKeys: [key])
        #expect(try await reflect([.createTable(parent), .createTable(child)]).indexes == [])
        let index = Index("ix", on: "child", ["parent_id"])
        let operations: [SchemaOperation] = [.createTable(parent), .createTable(child), .createIndex(index)]
        #expect(try await reflect(operations).indexes == [index])
    }

    @Test(arguments: [
        ("abc", false, ColumnType.string(length: 5), ServerDefault.text("abc")), ("5", false, .integer, .integer(5)),
        ("5", false, .string(length: 5), .text("5")), ("1", false, .boolean, .boolean(true)),
        ("-1.00", false, .decimal(precision: 5, scale: 2), .integer(-1)),
        ("CURRENT_TIMESTAMP(6)", true, .timestamp(fractionDigits: 6), .currentTimestamp),
        ("utc_timestamp()", true, .timestamp(), .currentTimestamp),
        ("_utf8mb4\\'it\\\\\\'s\\'", true, .text, .text("it's")),
        ("(1 + 2)", true, .integer, .expression(unsafe: "1 + 2")),
    ])
    func mySQLsDefaultsAreRead(printed: String, isExpression: Bool, type: ColumnType, value: ServerDefault) {
        #expect(ServerDefault(mySQL: printed, isExpression: isExpression, for: type) == value)
    }

    private func reflect(_ operations: [SchemaOperation], _ statements: [String] = []) async throws -> SchemaModel {
        try await DatabaseKind.mariaDB.withDatabase { database in
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

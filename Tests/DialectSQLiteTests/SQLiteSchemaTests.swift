#if SQLite
import DialectCore
import DialectSQLite
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteSchemaTests {
    private let dialect = SQLiteDialect()

    @Test(arguments: [
        (ColumnType.boolean, "BOOLEAN"), (.smallInteger, "SMALLINT"), (.integer, "INTEGER"), (.bigInteger, "BIGINT"),
        (.double, "DOUBLE"), (.decimal(precision: 38, scale: 4), "DECIMAL_TEXT(38, 4)"),
        (.string(length: 255), "VARCHAR(255)"), (.text, "TEXT"), (.bytes, "BLOB"), (.uuid, "CHAR(32)"),
        (.timestamp(), "DATETIME"), (.timestamp(fractionDigits: 0), "DATETIME"), (.json, "JSON_TEXT"),
        (.native("CLOB"), "CLOB"),
    ])
    func spellsEachType(type: ColumnType, spelling: String) {
        #expect(dialect.spelling(of: type) == spelling)
    }

    /// Which storage class a text of digits gets shows the affinity.
    @Test(arguments: [
        (ColumnType.boolean, "integer"), (.integer, "integer"), (.bigInteger, "integer"), (.double, "real"),
        (.decimal(precision: 38, scale: 0), "text"), (.string(length: 5), "text"), (.text, "text"), (.bytes, "text"),
        (.uuid, "text"), (.json, "text"),
    ])
    func aColumnKeepsOrConvertsTextAsItsTypeNeeds(type: ColumnType, stored: String) async throws {
        try await withMemory { connection in
            try await create(Table("t", columns: [Column("a", type, nullable: true)]), connection)
            try await connection.execute("INSERT INTO t VALUES ('12345678901234567')")
            let kind = try await scalar("SELECT typeof(a) FROM t", as: String.self, connection)
            #expect(kind == stored)
        }
    }

    @Test func aTableHasTheCatalogOfTheSameTableByHand() async throws {
        let users = Table(
            "users",
            columns: [
                Column("id", .uuid), Column("email", .string(length: 255)),
                Column("verified", .boolean, default: .boolean(false)),
                Column("name", .string(length: 255), nullable: true), Column("note", .text, nullable: true),
                Column("version", .integer, default: .integer(0)), Column("created_at", .timestamp()),
            ],
            primaryKey: PrimaryKey(["id"])
        )
        let accounts = Table(
            "accounts",
            columns: [
                Column("id", .uuid), Column("user_id", .uuid), Column("provider", .string(length: 50)),
                Column("subject", .string(length: 255), nullable: true), Column("replaced_by", .uuid, nullable: true),
            ],
            primaryKey: PrimaryKey(["id"], name: "accounts_key"),
            uniqueConstraints: [UniqueConstraint(["provider", "subject"])],
            foreignKeys: [
                ForeignKey(["user_id"], references: "users", ["id"], onDelete: .cascade),
                ForeignKey(["replaced_by"], references: "accounts", ["id"], onDelete: .setNull, onUpdate: .restrict),
            ]
        )
        let operations: [SchemaOperation] = [
            .createTable(users), .createTable(accounts),
            .createIndex(Index("ix_users_email", on: "users", ["email"], unique: true)),
            .createIndex(Index("ix_accounts", on: "accounts", ["user_id", .descending("provider")])),
            .addColumn(Column("is_deleted", .boolean, default: .boolean(false)), to: "users"),
            .addColumn(Column("deleted_at", .timestamp(), nullable: true), to: "users"),
        ]
        let byHand = """
            CREATE TABLE users (id CHAR(32) NOT NULL, email VARCHAR(255) NOT NULL,
                verified BOOLEAN DEFAULT false NOT NULL, name VARCHAR(255), note TEXT,
                version INTEGER DEFAULT 0 NOT NULL, created_at DATETIME NOT NULL,
                is_deleted BOOLEAN DEFAULT false NOT NULL, deleted_at DATETIME, PRIMARY KEY (id));
            CREATE UNIQUE INDEX ix_users_email ON users (email);
            CREATE TABLE accounts (id CHAR(32) NOT NULL, user_id CHAR(32) NOT NULL, provider VARCHAR(50) NOT NULL,
                subject VARCHAR(255), replaced_by CHAR(32), CONSTRAINT accounts_key PRIMARY KEY (id),
                UNIQUE (provider, subject), FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
                FOREIGN KEY(replaced_by) REFERENCES accounts (id) ON DELETE SET NULL ON UPDATE RESTRICT);
            CREATE INDEX ix_accounts ON accounts (user_id, provider DESC)
            """
        let described = try await withMemory { connection in
            for operation in operations { try await perform(operation, connection) }
            return try await catalog(["users", "accounts"], connection)
        }
        let written = try await withMemory { connection in
            for sql in byHand.split(separator: ";") { try await connection.execute(Statement(unsafe: String(sql))) }
            return try await catalog(["users", "accounts"], connection)
        }
        #expect(described == written)
        #expect(described.count > 30)
    }

    @Test func operationsChangeTheSchema() async throws {
        try await withMemory { connection in
            let table = Table("t", columns: [Column("a", .integer), Column("b", .text, nullable: true)])
            try await create(table, connection)
            try await perform(.createTable(table, ifNotExists: true), connection)
            try await perform(.renameTable("t", to: "u"), connection)
            try await perform(.renameColumn("a", of: "u", to: "c"), connection)
            try await perform(.dropColumn("b", from: "u"), connection)
            try await perform(.createIndex(Index("ix", on: "u", ["c"])), connection)
            let names = try await columns("SELECT * FROM u", connection)
            #expect(names == ["c"])
            try await perform(.dropIndex("ix", on: "u"), connection)
            try await perform(.dropTable("u"), connection)
            let count = try await scalar("SELECT count(*) FROM sqlite_schema", as: Int.self, connection)
            #expect(count == 0)
        }
    }

    @Test func defaultsAreFilledIn() async throws {
        try await withMemory { connection in
            let defaults: [(String, ColumnType, ServerDefault)] = [
                ("flag", .boolean, .boolean(true)), ("number", .bigInteger, .integer(.min)),
                ("word", .text, .text("it's; -- \"x\"")), ("time", .timestamp(), .currentTimestamp),
                ("sum", .integer, .expression(unsafe: "1 + 2")),
            ]
            let columns = defaults.map { Column($0, $1, default: $2) } + [Column("other", .text, nullable: true)]
            try await create(Table("t", columns: columns), connection)
            try await connection.execute("INSERT INTO t (other) VALUES (NULL)")
            let row = try #require(try await connection.execute("SELECT * FROM t").rows.first)
            #expect(try row.decode(Bool.self, named: "flag"))
            #expect(try row.decode(Int64.self, named: "number") == .min)
            #expect(try row.decode(String.self, named: "word") == "it's; -- \"x\"")
            #expect(try row.decode(Int.self, named: "sum") == 3)
            // A default time sorts among bound ones.
            let time = try row.decode(String.self, named: "time")
            #expect(try #require(Timestamp(time)).description == time)
        }
    }

    @Test func checkConstraintsHaveNames() async throws {
        try await withMemory { connection in
            let check = CheckConstraint(unsafe: "a > 0", name: "a is positive")
            try await create(Table("t", columns: [Column("a", .integer)], checkConstraints: [check]), connection)
            let error = try await failure { try await connection.execute("INSERT INTO t VALUES (0)") }
            #expect(error.code == .checkViolation && error.constraint == "a is positive")
        }
    }

    @Test(arguments: [Column("a", .integer), Column("a", .timestamp(), nullable: true, default: .currentTimestamp)])
    func aColumnThatCannotBeAppendedIsRefused(column: Column) async throws {
        let error = try await failure {
            _ = try dialect.statements(for: .addColumn(column, to: "t"), in: SchemaModel())
        }
        #expect(error.code == .unsupportedFeature)
        #expect(error.message.contains("t.a"))
    }

    @Test func aForeignKeyIntoAnotherSchemaIsRefused() async throws {
        let key = ForeignKey(["a"], references: Identifier("p", schema: "other"), ["id"])
        let table = Table("t", columns: [Column("a", .integer)], foreignKeys: [key])
        let error = try await failure { _ = try dialect.statements(for: .createTable(table), in: SchemaModel()) }
        #expect(error.code == .unsupportedFeature)
    }

    @Test func schemasAreThoseOfAttachedFiles() async throws {
        try await withFolder { folder in
            try await withConnection(connector(folder + "/a.db")) { connection in
                try await connection.execute("ATTACH \(folder + "/b.db") AS other")
                let parent = Identifier("p", schema: "other")
                let child = Identifier("c", schema: "other")
                let keys = [ForeignKey(["p"], references: parent, ["id"])]
                try await create(
                    Table(parent, columns: [Column("id", .integer)], primaryKey: PrimaryKey(["id"])),
                    connection
                )
                try await create(Table(child, columns: [Column("p", .integer)], foreignKeys: keys), connection)
                try await perform(.createIndex(Index("ix", on: child, ["p"])), connection)
                let count = try await scalar("SELECT count(*) FROM other.sqlite_schema", as: Int.self, connection)
                #expect(count == 3)
                try await perform(.dropIndex("ix", on: child), connection)
                let error = try await failure { try await connection.execute("INSERT INTO other.c VALUES (1)") }
                #expect(error.code == .foreignKeyViolation)
            }
        }
    }

    private func create(_ table: Table, _ connection: SQLiteConnection) async throws {
        try await perform(.createTable(table), connection)
    }

    private func perform(_ operation: SchemaOperation, _ connection: SQLiteConnection) async throws {
        for statement in try dialect.statements(for: operation, in: SchemaModel()) {
            try await connection.execute(statement)
        }
    }

    /// Everything that the pragmas tell about tables, in lines.
    private func catalog(_ tables: [String], _ connection: SQLiteConnection) async throws -> [String] {
        var lines: [String] = []
        for table in tables {
            for pragma in ["table_xinfo", "foreign_key_list", "index_list"] {
                lines += try await self.lines("PRAGMA \(unsafe: pragma)(\(identifier: table))", connection)
            }
            let indexes = try await connection.execute("PRAGMA index_list(\(identifier: table))").rows
            for index in try indexes.map({ try $0.decode(String.self, named: "name") }) {
                lines += try await self.lines("PRAGMA index_xinfo(\(identifier: index))", connection)
            }
        }
        return lines
    }

    private func lines(_ statement: Statement, _ connection: SQLiteConnection) async throws -> [String] {
        let rows = try await connection.execute(statement).rows
        return try rows.map { row in
            try row.columns.indices.map { "\(try row.decode(SQLValue.self, at: $0))" }.joined(separator: "|")
        }
    }
}
#endif

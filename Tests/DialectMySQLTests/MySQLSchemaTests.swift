#if MySQL
import DialectCore
import Testing

@testable import DialectMySQL

@Suite struct MySQLSchemaTests {
    private static let newest = MySQLDialect(server: MySQLServer(.mariaDB, .init(10, 11)))
    private static let older = MySQLDialect(server: MySQLServer(.mariaDB, .init(10, 6)))
    private static let mySQL = MySQLDialect(server: MySQLServer(.mySQL, .init(8, 0)))
    private let dialect = MySQLDialect()

    private func sql(_ operation: SchemaOperation) throws -> [String] {
        try dialect.statements(for: operation, in: SchemaModel()).map { try $0.sql(for: dialect) }
    }

    @Test(arguments: [
        (ColumnType.boolean, "BOOL"), (.smallInteger, "SMALLINT"), (.integer, "INTEGER"), (.bigInteger, "BIGINT"),
        (.double, "DOUBLE"), (.decimal(precision: 38, scale: 4), "DECIMAL(38, 4)"),
        (.string(length: 255), "VARCHAR(255)"), (.text, "TEXT"), (.bytes, "LONGBLOB"), (.timestamp(), "DATETIME"),
        (.timestamp(fractionDigits: 3), "DATETIME(3)"), (.json, "JSON"), (.native("YEAR"), "YEAR"),
    ])
    func spellsEachType(type: ColumnType, spelling: String) throws {
        #expect(try dialect.spelling(of: type) == spelling)
    }

    @Test func aUUIDHasItsTypeWhereTheServerHasIt() throws {
        #expect(try Self.newest.spelling(of: .uuid) == "UUID")
        for dialect in [dialect, Self.older, Self.mySQL] {
            #expect(try dialect.spelling(of: .uuid) == "CHAR(32)")
        }
    }

    @Test(arguments: [-1, 7]) func otherFractionDigitsAreRefused(_ digits: Int) {
        let error = #expect(throws: DatabaseError.self) {
            try dialect.spelling(of: .timestamp(fractionDigits: digits))
        }
        #expect(error?.code == .unsupportedFeature)
    }

    @Test func aTableStaysInItsDatabaseAndAnIndexIsFoundAtItsTable() throws {
        let table = Identifier("t", schema: "d")
        #expect(try sql(.renameTable(table, to: "u")) == ["ALTER TABLE `d`.`t` RENAME TO `d`.`u`"])
        #expect(try sql(.dropIndex("ix", on: table)) == ["DROP INDEX `ix` ON `d`.`t`"])
        let index = Index("ix", on: table, ["a", .descending("b")], unique: true)
        #expect(try sql(.createIndex(index)) == ["CREATE UNIQUE INDEX `ix` ON `d`.`t` (`a`, `b` DESC)"])
    }

    @Test func aTableIsMadeTogetherWithItsIndexes() throws {
        let table = Table(Identifier("t", schema: "d"), columns: [Column("a", .integer), Column("b", .integer)])
        let indexes = [
            Index("ix", on: table.name, ["a", .descending("b")], unique: true), Index("other", on: table.name, ["b"]),
        ]
        let statement = try dialect.statement(creating: table, with: indexes)
        #expect(
            try statement.sql(for: dialect)
                == "CREATE TABLE `d`.`t` (`a` INTEGER NOT NULL, `b` INTEGER NOT NULL, "
                + "UNIQUE INDEX `ix` (`a`, `b` DESC), INDEX `other` (`b`))"
        )
        let tooLong = Index(String(repeating: "i", count: 65), on: table.name, ["a"])
        for refused in [tooLong, Index("ix", on: table.name, ["a"], unsafeCondition: "a > 0")] {
            let error = #expect(throws: DatabaseError.self) {
                try dialect.statement(creating: table, with: [indexes[1], refused])
            }
            #expect(error?.code == .unsupportedFeature)
        }
    }

    @Test func aDescendingIndexIsRefusedWhereItWouldRunUpwards() throws {
        let operation = SchemaOperation.createIndex(Index("ix", on: "t", [.descending("a")]))
        #expect(try Self.newest.statements(for: operation, in: SchemaModel()).count == 1)
        let error = #expect(throws: DatabaseError.self) { try Self.older.statements(for: operation, in: SchemaModel()) }
        #expect(error?.code == .unsupportedFeature)
        #expect(try Self.older.statements(for: .createIndex(Index("ix", on: "t", ["a"])), in: SchemaModel()).count == 1)
    }

    @Test(arguments: [
        (ServerDefault.boolean(false), ColumnType.boolean, "BOOL NOT NULL DEFAULT false"),
        (.integer(-5), .integer, "INTEGER NOT NULL DEFAULT -5"),
        (.text(#"it's \"#), .string(length: 9), #"VARCHAR(9) NOT NULL DEFAULT 'it''s \\'"#),
        (.text("x"), .text, "TEXT NOT NULL DEFAULT ('x')"),
        (.currentTimestamp, .timestamp(), "DATETIME NOT NULL DEFAULT (UTC_TIMESTAMP())"),
        (.currentTimestamp, .timestamp(fractionDigits: 6), "DATETIME(6) NOT NULL DEFAULT (UTC_TIMESTAMP(6))"),
        (.expression(unsafe: "1 + 2"), .integer, "INTEGER NOT NULL DEFAULT (1 + 2)"),
    ])
    func writesEachDefault(value: ServerDefault, type: ColumnType, text: String) throws {
        let column = Column("c", type, default: value)
        #expect(try sql(.addColumn(column, to: "t")) == ["ALTER TABLE `t` ADD COLUMN `c` \(text)"])
    }

    @Test func aForeignKeyThatSetsDefaultsIsRefused() {
        let key = ForeignKey(["a"], references: "u", ["b"], onDelete: .setDefault)
        let table = Table("t", columns: [Column("a", .integer)], foreignKeys: [key])
        let error = #expect(throws: DatabaseError.self) {
            try dialect.statements(for: .createTable(table), in: SchemaModel())
        }
        #expect(error?.code == .unsupportedFeature)
    }

    /// 64 characters, however many bytes they have.
    @Test(arguments: [(String(repeating: "ä", count: 64), true), (String(repeating: "a", count: 65), false)])
    func longNamesAreRefusedBeforeAnythingRuns(name: String, isAllowed: Bool) throws {
        let operation = SchemaOperation.createIndex(Index(name, on: "t", ["a"]))
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
#endif

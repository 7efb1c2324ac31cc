#if MySQL
import DialectCore
import Testing

@testable import DialectMySQL

@Suite struct MySQLAlteringTests {
    private static let mariaDB = MySQLDialect(server: MySQLServer(.mariaDB, .init(10, 11)))
    private let dialect = MySQLDialect()

    /// Items of shops: a foreign key, an index that serves it, and names for all that needs one.
    private static let shop = ForeignKey(["shop"], references: "shops", ["id"], name: "fk_shop")
    private static let index = Index("ix_shop", on: "items", ["shop", "rank"])
    private static let items = Table(
        "items",
        columns: ["id", "shop", "rank"].map { Column($0, .integer) },
        primaryKey: PrimaryKey(["id"]),
        uniqueConstraints: [UniqueConstraint(["rank"])],
        foreignKeys: [shop],
        checkConstraints: [CheckConstraint(unsafe: "rank > 0", name: "ranked")]
    )

    private static func model(_ indexes: [Index] = [index]) -> SchemaModel {
        var model = SchemaModel()
        model.add(items)
        model.indexes = indexes
        return model
    }

    private func sql(
        _ operation: SchemaOperation,
        _ model: SchemaModel = model(),
        _ dialect: MySQLDialect = MySQLDialect()
    ) throws -> [String] {
        try dialect.statements(for: operation, in: model).map { try $0.sql(for: dialect) }
    }

    @Test func aColumnTakesItsWholeDefinition() throws {
        let new = Column("c", .string(length: 9), nullable: true, default: .text("x"))
        #expect(
            try sql(.alterColumn(Column("c", .text), to: new, of: "t")) == [
                "ALTER TABLE `t` MODIFY COLUMN `c` VARCHAR(9) DEFAULT 'x'"
            ]
        )
        #expect(try sql(.alterColumn(new, to: new, of: "t")).isEmpty)
    }

    @Test(arguments: [
        (TableConstraint.primaryKey(PrimaryKey(["id"])), "DROP PRIMARY KEY"),
        (.unique(UniqueConstraint(["rank"])), "DROP INDEX `rank`"),
        (.unique(UniqueConstraint(["rank"], name: "uq")), "DROP INDEX `uq`"),
        (.foreignKey(shop), "DROP FOREIGN KEY `fk_shop`"),
        (.foreignKey(ForeignKey(["shop"], references: "shops", ["id"])), "DROP FOREIGN KEY `fk_shop`"),
        (.check(CheckConstraint(unsafe: "rank > 0", name: "ranked")), "DROP CONSTRAINT `ranked`"),
    ])
    func constraintsAreDroppedByTheirKind(constraint: TableConstraint, clause: String) throws {
        #expect(try sql(.dropConstraint(constraint, from: "items")) == ["ALTER TABLE `items` \(clause)"])
    }

    @Test func aForeignKeysOwnIndexGoesWithIt() throws {
        let operation = SchemaOperation.dropConstraint(.foreignKey(Self.shop), from: "items")
        let clause = "ALTER TABLE `items` DROP FOREIGN KEY `fk_shop`, DROP INDEX"
        #expect(try sql(operation, Self.model([])) == ["\(clause) `fk_shop`"])
        #expect(try sql(operation, Self.model(), Self.mariaDB) == ["\(clause) IF EXISTS `fk_shop`"])
        let own = Index("fk_shop", on: "items", ["rank"])
        #expect(try sql(operation, Self.model([own])) == ["ALTER TABLE `items` DROP FOREIGN KEY `fk_shop`"])
    }

    @Test(arguments: [
        TableConstraint.foreignKey(ForeignKey(["id"], references: "shops", ["id"])),
        .check(CheckConstraint(unsafe: "id > 0")),
    ])
    func whatTheServerHasNumberedIsNotGuessed(_ constraint: TableConstraint) {
        let error = #expect(throws: DatabaseError.self) { try sql(.dropConstraint(constraint, from: "items")) }
        #expect(error?.code == .unsupportedFeature && error?.message.contains("SHOW CREATE TABLE") == true)
    }

    @Test func anIndexThatAForeignKeyNeedsLeavesOneBehind() throws {
        let operation = SchemaOperation.dropIndex("ix_shop", on: "items")
        #expect(
            try sql(operation) == ["ALTER TABLE `items` ADD INDEX `fk_shop` (`shop`), DROP INDEX `ix_shop`"]
        )
        #expect(
            try sql(operation, Self.model(), Self.mariaDB) == [
                "ALTER TABLE `items` ADD INDEX IF NOT EXISTS `fk_shop` (`shop`), DROP INDEX `ix_shop`"
            ]
        )
        let other = Index("ix_other", on: "items", ["shop"])
        #expect(try sql(operation, Self.model([Self.index, other])) == ["DROP INDEX `ix_shop` ON `items`"])
        #expect(try sql(operation, SchemaModel()) == ["DROP INDEX `ix_shop` ON `items`"])
    }

    @Test func aColumnGoesWithWhatNamesIt() throws {
        #expect(
            try sql(.dropColumn("rank", from: "items")) == [
                "ALTER TABLE `items` ADD INDEX `fk_shop` (`shop`), DROP INDEX `rank`, DROP CONSTRAINT `ranked`, "
                    + "DROP INDEX `ix_shop`, DROP COLUMN `rank`"
            ]
        )
        #expect(
            try sql(.dropColumn("shop", from: "items"), Self.model([])) == [
                "ALTER TABLE `items` DROP FOREIGN KEY `fk_shop`, DROP INDEX `fk_shop`, DROP COLUMN `shop`"
            ]
        )
        #expect(try sql(.dropColumn("a", from: "t")) == ["ALTER TABLE `t` DROP COLUMN `a`"])
    }

    @Test func aPartialIndexIsRefused() {
        let index = Index("ix", on: "t", ["a"], unsafeCondition: "a > 0")
        let error = #expect(throws: DatabaseError.self) { try sql(.createIndex(index)) }
        #expect(error?.code == .unsupportedFeature && error?.message.contains("'ix'") == true)
    }

    @Test func twoNamesForOneColumnAreRefused() {
        let operation = SchemaOperation.alterColumn(Column("a", .text), to: Column("b", .text), of: "t")
        let error = #expect(throws: DatabaseError.self) { try sql(operation) }
        #expect(error?.code == .invalidMigration)
    }
}
#endif

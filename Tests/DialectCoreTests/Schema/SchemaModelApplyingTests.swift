import DialectCore
import Testing

@Suite struct SchemaModelApplyingTests {
    private static let users = Table(
        "users",
        columns: [Column("id", .uuid), Column("email", .text)],
        primaryKey: PrimaryKey(["id"]),
        uniqueConstraints: [UniqueConstraint(["email"])]
    )
    private static let posts = Table(
        "posts",
        columns: [Column("id", .integer), Column("author", .uuid)],
        primaryKey: PrimaryKey(["id"]),
        foreignKeys: [ForeignKey(["author"], references: "users", ["id"])]
    )
    private static let index = Index("ix", on: "posts", ["author", .descending("id")])
    private static let setUp: [SchemaOperation] = [.createTable(users), .createTable(posts), .createIndex(index)]

    private func model(_ operations: [SchemaOperation]) throws -> SchemaModel {
        try (Self.setUp + operations).reduce(SchemaModel()) { model, operation in try model.applying(operation) }
    }

    @Test func creationsAddInOrder() throws {
        let model = try model([.createTable(Table("users", columns: []), ifNotExists: true)])
        #expect(model.tables == [Self.users, Self.posts])
        #expect(model.indexes == [Self.index])
    }

    @Test func droppingATableTakesItsIndexes() throws {
        let model = try model([.dropTable("posts")])
        #expect(model.tables == [Self.users])
        #expect(model.indexes.isEmpty)
    }

    @Test func renamingATableChangesWhatReferencesIt() throws {
        let model = try model([.renameTable("users", to: "people"), .renameTable("posts", to: "notes")])
        #expect(model.table("notes")?.foreignKeys.map(\.table) == ["people"])
        #expect(model.indexes.map(\.table) == ["notes"])
        #expect(model.table("users") == nil && model.table("posts") == nil)
    }

    @Test func renamingAColumnChangesWhatNamesIt() throws {
        let model = try model([
            .renameColumn("id", of: "users", to: "key"), .renameColumn("email", of: "users", to: "mail"),
            .renameColumn("author", of: "posts", to: "writer"), .renameColumn("id", of: "posts", to: "number"),
        ])
        let (users, posts) = (try #require(model.table("users")), try #require(model.table("posts")))
        #expect(users.primaryKey?.columns == ["key"])
        #expect(users.uniqueConstraints.map(\.columns) == [["mail"]])
        #expect(posts.foreignKeys.map(\.columns) == [["writer"]])
        #expect(posts.foreignKeys.map(\.referencedColumns) == [["key"]])
        #expect(model.indexes.map(\.elements) == [["writer", .descending("number")]])
    }

    @Test func columnsComeAtTheEndAndGoWithWhatNamesThem() throws {
        let model = try model([
            .addColumn(Column("title", .text), to: "posts"), .dropColumn("author", from: "posts"),
            .dropColumn("email", from: "users"),
        ])
        #expect(model.table("posts")?.columns.map(\.name) == ["id", "title"])
        #expect(model.table("posts")?.foreignKeys == [])
        #expect(model.table("users")?.uniqueConstraints == [])
        #expect(model.indexes.isEmpty)
    }

    @Test func conditionsFollowTheirColumns() throws {
        let check = CheckConstraint(unsafe: "author > 0 AND id < 9", name: "ck")
        let partial = Index("partial", on: "posts", ["id"], unsafeCondition: "author = 'author'")
        let set: [SchemaOperation] = [.addConstraint(.check(check), to: "posts"), .createIndex(partial)]
        let renamed = try model(set + [.renameColumn("author", of: "posts", to: "writer")])
        #expect(renamed.table("posts")?.checkConstraints.map(\.condition) == ["writer > 0 AND id < 9"])
        #expect(renamed.indexes.map(\.condition) == [nil, "writer = 'author'"])
        let dropped = try model(set + [.dropColumn("author", from: "posts")])
        #expect(dropped.table("posts")?.checkConstraints == [])
        #expect(dropped.indexes.isEmpty)
    }

    @Test func anAlteredColumnStaysInItsPlace() throws {
        let new = Column("id", .bigInteger, nullable: true, default: .integer(1))
        let model = try model([.alterColumn(Column("id", .integer), to: new, of: "posts")])
        #expect(model.table("posts")?.columns == [new, Column("author", .uuid)])
    }

    @Test func anAlteredColumnKeepsItsName() {
        let operation = SchemaOperation.alterColumn(Column("id", .integer), to: Column("key", .integer), of: "posts")
        let error = #expect(throws: DatabaseError.self) { try model([operation]) }
        #expect(error?.code == .invalidMigration)
        #expect(error?.message.contains("posts.id") == true && error?.message.contains("'key'") == true)
    }

    @Test(arguments: [
        TableConstraint.unique(UniqueConstraint(["author"], name: "uq")),
        .foreignKey(ForeignKey(["id"], references: "users", ["id"], name: "fk")),
        .check(CheckConstraint(unsafe: "id > 0", name: "ck")),
    ])
    func aConstraintComesAndGoes(_ constraint: TableConstraint) throws {
        let added = try model([.addConstraint(constraint, to: "posts")])
        #expect(added.table("posts")?.constraints.contains(constraint) == true)
        let dropped = try added.applying(.dropConstraint(constraint, from: "posts"))
        #expect(try dropped == model([]))
    }

    @Test func theColumnsOfANewPrimaryKeyMayNotBeNull() throws {
        let key = TableConstraint.primaryKey(PrimaryKey(["a", "b"]))
        let columns = ["a", "b", "c"].map { Column($0, .text, nullable: true) }
        let model = try model([.createTable(Table("t", columns: columns)), .addConstraint(key, to: "t")])
        #expect(model.table("t")?.columns.map(\.isNullable) == [false, false, true])
        #expect(try model.applying(.dropConstraint(key, from: "t")).table("t")?.primaryKey == nil)
    }

    @Test func aConstraintWithoutANameIsFoundByWhatItConstrains() throws {
        let named = ForeignKey(["author"], references: "users", ["id"], onDelete: .cascade, name: "posts_author_fkey")
        #expect(try model([.dropConstraint(.foreignKey(named), from: "posts")]).table("posts")?.foreignKeys == [])
        let unique = TableConstraint.unique(UniqueConstraint(["email"]))
        #expect(try model([.dropConstraint(unique, from: "users")]).table("users")?.uniqueConstraints == [])
        let other = TableConstraint.unique(UniqueConstraint(["id"]))
        let error = #expect(throws: DatabaseError.self) { try model([.dropConstraint(other, from: "users")]) }
        #expect(error?.code == .undefinedObject)
    }

    @Test func aDroppedIndexIsGone() throws {
        #expect(try model([.dropIndex("ix", on: "posts")]).indexes.isEmpty)
    }

    @Test(arguments: [
        SchemaOperation.dropTable("x"), .renameTable("x", to: "y"), .addColumn(Column("a", .text), to: "x"),
        .dropColumn("x", from: "users"), .renameColumn("x", of: "users", to: "y"),
        .createIndex(Index("i", on: "x", ["a"])), .dropIndex("ix", on: "users"),
        .alterColumn(Column("x", .text), to: Column("x", .json), of: "users"),
        .addConstraint(.unique(UniqueConstraint(["x"])), to: "users"),
        .addConstraint(.check(CheckConstraint(unsafe: "1 = 1")), to: "x"),
        .dropConstraint(.check(CheckConstraint(unsafe: "1 = 1", name: "x")), from: "users"),
    ])
    func whatIsNotThereIsUndefined(_ operation: SchemaOperation) throws {
        let error = #expect(throws: DatabaseError.self) { try model([operation]) }
        #expect(error?.code == .undefinedObject)
    }

    @Test(arguments: [
        SchemaOperation.createTable(users), .renameTable("posts", to: "users"),
        .addColumn(Column("email", .text), to: "users"), .createIndex(index),
        .addConstraint(.primaryKey(PrimaryKey(["email"])), to: "users"),
    ])
    func whatIsThereTwiceIsADuplicate(_ operation: SchemaOperation) throws {
        let error = #expect(throws: DatabaseError.self) { try model([operation]) }
        #expect(error?.code == .duplicateObject)
    }
}

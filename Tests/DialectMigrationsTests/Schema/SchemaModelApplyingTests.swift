import DialectCore
import DialectMigrations
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

    @Test func aDroppedIndexIsGone() throws {
        #expect(try model([.dropIndex("ix", on: "posts")]).indexes.isEmpty)
    }

    @Test(arguments: [
        SchemaOperation.dropTable("x"), .renameTable("x", to: "y"), .addColumn(Column("a", .text), to: "x"),
        .dropColumn("x", from: "users"), .renameColumn("x", of: "users", to: "y"),
        .createIndex(Index("i", on: "x", ["a"])), .dropIndex("ix", on: "users"),
    ])
    func whatIsNotThereIsUndefined(_ operation: SchemaOperation) throws {
        let error = #expect(throws: DatabaseError.self) { try model([operation]) }
        #expect(error?.code == .undefinedObject)
    }

    @Test(arguments: [
        SchemaOperation.createTable(users), .renameTable("posts", to: "users"),
        .addColumn(Column("email", .text), to: "users"), .createIndex(index),
    ])
    func whatIsThereTwiceIsADuplicate(_ operation: SchemaOperation) throws {
        let error = #expect(throws: DatabaseError.self) { try model([operation]) }
        #expect(error?.code == .duplicateObject)
    }
}

import DialectCore
import Testing

@testable import DialectMigrations

@Suite struct StepShapesTests {
    private static let users = Table(
        "users",
        columns: [Column("id", .integer), Column("name", .string(length: 80), nullable: true)],
        primaryKey: PrimaryKey(["id"]),
        uniqueConstraints: [UniqueConstraint(["name"])]
    )
    private static let index = Index("ix_users_name", on: "users", ["name"])
    private static let age = Column("age", .integer, default: .integer(0))

    /// The outcome of `doneOperations`, or the message of its error.
    private func done(
        _ operations: [MigrationOperation],
        from model: SchemaModel = SchemaModel(),
        live: SchemaModel
    ) throws -> String {
        let shapes = try Self.shapes(operations, from: model, live: live)
        do {
            return "\(try shapes.doneOperations())"
        } catch {
            return error.message
        }
    }

    private static func shapes(
        _ operations: [MigrationOperation],
        from model: SchemaModel = SchemaModel(),
        live: SchemaModel
    ) throws -> StepShapes {
        let chain = try MigrationChain.test([TestStep("1", upgrade: operations).adopting(["users"])])
        let step = try #require(try MigrationPlan(chain, current: [], .upgrade, to: .head).steps.first)
        return StepShapes(step, from: model, live: live, MockDialect())
    }

    private static func model(_ operations: MigrationOperation...) -> SchemaModel {
        var model = SchemaModel()
        model.follow(operations)
        return model
    }

    private static let creation: [MigrationOperation] = [
        .createTable(users), .createIndex(index), .addColumn(age, to: "users"),
    ]

    @Test func eachPrefixOfAStepIsRecognized() throws {
        for count in 0...3 {
            var live = Self.model(.createTable(Table("others", columns: [])))
            live.follow(Array(Self.creation.prefix(count)))
            #expect(try done(Self.creation, live: live) == "\(count)")
            for index in 0..<3 {
                let outcome = try Self.shapes(Self.creation, live: live).outcome(ofOperation: index)
                if (count - 1...count).contains(index) { #expect(outcome == (index < count ? .done : .notDone)) }
            }
        }
    }

    @Test func eachPrefixOfAWayBackIsRecognized() throws {
        let whole = Self.model(.createTable(Self.users), .createIndex(Self.index))
        let operations: [MigrationOperation] = [
            .dropIndex("ix_users_name", on: "users"), .renameColumn("name", of: "users", to: "title"),
            .dropColumn("title", from: "users"), .renameTable("users", to: "people"), .dropTable("people"),
        ]
        for count in 0...operations.count {
            var live = whole
            live.follow(Array(operations.prefix(count)))
            #expect(try done(operations, from: whole, live: live) == "\(count)")
        }
    }

    @Test func whatTheStepMadeMustBeAsItMakesIt() throws {
        var table = Self.users
        table.columns[1].type = .string(length: 40)
        var wider = Self.users
        wider.columns.append(Column("note", .text, nullable: true))
        var keyless = Self.users
        keyless.uniqueConstraints = []
        let cases: [(SchemaModel, String)] = [
            (Self.model(.createTable(table)), "the table users has a column name that is"),
            (Self.model(.createTable(wider)), "the table users has the columns (id, name, note) instead of (id, name)"),
            (Self.model(.createTable(keyless)), "the table users has no unique constraint on (name)"),
            (
                Self.model(.createTable(Self.users), .createIndex(Index("ix_users_name", on: "users", ["id"]))),
                "the index ix_users_name on users is on (id) instead of (name)"
            ),
            (
                Self.model(
                    .createTable(Self.users),
                    .createIndex(Self.index),
                    .addColumn(Column("age", .integer, default: .integer(1)), to: "users")
                ), "the table users has a column age that has another default"
            ),
        ]
        for (live, words) in cases {
            let message = try done(Self.creation, live: live)
            #expect(message.contains("differs from what the step makes: \(words)"), "\(message)")
        }
    }

    @Test func whatWasThereBeforeMayHaveAnyForm() throws {
        var table = Self.users
        table.columns[1].type = .text
        let live = Self.model(.createTable(table))
        let operations: [MigrationOperation] = [.addColumn(Self.age, to: "users"), .dropColumn("name", from: "users")]
        #expect(try done(operations, from: Self.model(.createTable(Self.users)), live: live) == "0")
    }

    /// A table that only a statement has made is known from the database alone.
    @Test func aTableThatTheModelLacksIsTakenAsItIs() throws {
        let operations: [MigrationOperation] = [.addColumn(Self.age, to: "users"), .createIndex(Self.index)]
        let before = Self.model(.createTable(Self.users))
        for count in 0...2 {
            var live = before
            live.follow(Array(operations.prefix(count)))
            #expect(try done(operations, live: live) == "\(count)")
        }
    }

    @Test func aStatementBehindWhatIsDoneIsLeftToDoAndOneBeforeItIsNotGuessed() throws {
        let fill = MigrationOperation.statement("UPDATE users SET age = 1")
        let live = Self.model(.createTable(Self.users), .addColumn(Self.age, to: "users"))
        let base = Self.model(.createTable(Self.users))
        #expect(try done([.addColumn(Self.age, to: "users"), fill], from: base, live: live) == "1")
        let message = try done(
            [fill, .addColumn(Self.age, to: "users"), .createIndex(Self.index)],
            from: base,
            live: live
        )
        #expect(message.contains("nothing in the catalog tells whether operation 1 is"))
    }

    @Test func aKeyWithoutANameIsTheOneThatTheDatabaseNamed() throws {
        func key(_ name: String?, onDelete: ForeignKey.Action = .noAction) -> TableConstraint {
            .foreignKey(ForeignKey(["id"], references: "others", ["id"], onDelete: onDelete, name: name))
        }
        let table = MigrationOperation.createTable(Self.users)
        let operations: [MigrationOperation] = [
            .dropConstraint(key("users_ibfk_1"), from: "users"),
            .addConstraint(key("users_fkey", onDelete: .cascade), to: "users"),
        ]
        for count in 0...2 {
            var live = Self.model(table, .addConstraint(key("users_ibfk_1"), to: "users"))
            live.follow(Array(operations.prefix(count)))
            let base = Self.model(table, .addConstraint(key(nil), to: "users"))
            #expect(try done(operations, from: base, live: live) == "\(count)")
        }
    }

    @Test func aTableThatIsMadeAndDroppedInOneStepIsNotTakenForDone() throws {
        let operations: [MigrationOperation] = [.createTable(Self.users), .dropTable("users")]
        #expect(try done(operations, live: SchemaModel()) == "0")
    }

    /// Between these two nothing but the form of the column tells the new one from the old.
    @Test func aColumnThatIsMadeAnewIsToldFromTheOldOneByItsForm() throws {
        let base = Self.model(.createTable(Self.users))
        let operations: [MigrationOperation] = [
            .dropColumn("name", from: "users"), .addColumn(Column("name", .text, nullable: true), to: "users"),
        ]
        for count in 0...2 {
            var live = base
            live.follow(Array(operations.prefix(count)))
            #expect(try done(operations, from: base, live: live) == "\(count)")
        }
    }
}

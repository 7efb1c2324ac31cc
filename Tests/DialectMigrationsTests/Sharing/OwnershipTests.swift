import DialectCore
import DialectMigrations
import Testing

@Suite struct OwnershipTests {
    private static let note = Column("note", .text, nullable: true)
    private static let index = Index("i", on: "strangers", ["id"])
    private static let key = ForeignKey(["id"], references: "t_1", ["id"])

    @Test(
        arguments: [
            .dropTable("strangers"), .renameTable("strangers", to: "friends"), .addColumn(note, to: "strangers"),
            .dropColumn("note", from: "strangers"), .renameColumn("note", of: "strangers", to: "word"),
            .alterColumn(note, to: note, of: "strangers"), .addConstraint(.foreignKey(key), to: "strangers"),
            .dropConstraint(.foreignKey(key), from: "strangers"), .createIndex(index), .dropIndex("i", on: "strangers"),
        ] as [SchemaOperation]
    )
    func aStepThatChangesATableOfSomebodyElseIsRefusedBeforeAnythingIsSent(_ operation: SchemaOperation) async throws {
        let step = TestStep("2", after: "1", upgrade: [.schema(operation)])
        let database = MockDatabase(["strangers": ["row"]])
        let connection = MockConnection(database)
        let migrator = try Migrator(.test([TestStep("1"), step]), connection)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .invalidMigration && error?.table == "strangers")
        #expect(error?.message.contains("adoptedTables") == true, "\(error?.message ?? "no error")")
        #expect(await connection.calls == ["SELECT * FROM shop_version"])
        let adopting = try Migrator(.test([TestStep("1"), step.adopting(["strangers"])]), connection)
        #expect(try await adopting.plans().flatMap(\.steps).count == 2)
    }

    @Test func whatAStepMakesRenamesOrAdoptsIsTheChainsOwn() async throws {
        let steps = [
            TestStep("1", upgrade: [.statement("CREATE TABLE words")], downgrade: [.dropTable("words")])
                .adopting(["words"]),
            TestStep("2", after: "1"),
            TestStep(
                "3",
                after: "2",
                upgrade: [.renameTable("t_2", to: "others"), .addColumn(Self.note, to: "words")],
                downgrade: [.dropColumn("note", from: "words"), .renameTable("others", to: "t_2")]
            ),
            TestStep("4", after: "3", upgrade: [.dropTable("others")], downgrade: []),
        ]
        #expect(try MigrationPlan(.test(steps), current: [], .upgrade, to: .head).steps.count == 4)
        #expect(try MigrationPlan(.test(steps), current: ["4"], .downgrade, to: .base).steps.count == 4)
    }
}

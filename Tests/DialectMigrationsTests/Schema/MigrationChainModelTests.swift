import DialectCore
import DialectMigrations
import Testing

@Suite struct MigrationChainModelTests {
    private static let users = Table("users", columns: [Column("id", .integer)])

    private func chain() throws -> MigrationChain {
        try .test([
            TestStep("1", upgrade: [.createTable(Self.users), .statement("CREATE TABLE others (id INTEGER)")]),
            TestStep(
                "2",
                after: "1",
                upgrade: [
                    .addColumn(Column("name", .text), to: "others"), .addColumn(Column("name", .text), to: "users"),
                    .createTable(Self.users),
                ]
            ),
            TestStep("3", after: "2", upgrade: [.dropTable("users")]),
        ])
    }

    @Test func hasWhatTheAppliedStepsMade() throws {
        let chain = try chain()
        #expect(try chain.model(at: []) == SchemaModel())
        #expect(try chain.model(at: ["1"]).tables == [Self.users])
        #expect(try chain.model(at: ["3"]).tables.isEmpty)
    }

    @Test func leavesOutWhatDoesNotFit() throws {
        let tables = try chain().model(at: ["2"]).tables
        #expect(tables.map(\.name) == ["users"])
        #expect(tables.first?.columns.map(\.name) == ["id", "name"])
    }

    @Test func refusesRowsThatTheChainDoesNotKnow() throws {
        let chain = try chain()
        let error = #expect(throws: DatabaseError.self) { try chain.model(at: ["9"]) }
        #expect(error?.code == .invalidMigration)
    }
}

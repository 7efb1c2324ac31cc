import DialectCore
import DialectMigrations
import Testing

@Suite struct MigrationChainTests {
    @Test func theVersionTableIsAlembics() throws {
        let chain = try MigrationChain("shop", versionTable: Identifier("version", schema: "shop"), steps: [])
        #expect(
            chain.versionTableDefinition
                == Table(
                    Identifier("version", schema: "shop"),
                    columns: [Column("version_num", .string(length: 32), nullable: false)],
                    primaryKey: PrimaryKey(["version_num"], name: "version_pkc")
                )
        )
    }

    @Test func aChainIsCheckedWhenItIsMade() {
        #expect(throws: DatabaseError.self) { try MigrationChain.test([TestStep("1", after: "0")]) }
    }
}

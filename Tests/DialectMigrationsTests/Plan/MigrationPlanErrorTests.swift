import DialectCore
import DialectMigrations
import Testing

@Suite struct MigrationPlanErrorTests {
    private func error(
        _ chain: MigrationChain,
        _ rows: [Revision],
        _ direction: MigrationDirection,
        to target: MigrationTarget
    ) throws -> DatabaseError {
        let error = failure { () throws(DatabaseError) in
            try MigrationPlan(chain, current: rows, direction, to: target)
        }
        let found = try #require(error)
        #expect(found.code == .invalidMigration)
        return found
    }

    @Test(arguments: [MigrationDirection.upgrade, .downgrade])
    func aRowOfANewerVersionIsRefused(_ direction: MigrationDirection) throws {
        let error = try error(.linear(), ["005"], direction, to: direction == .upgrade ? .head : .base)
        #expect(error.message.contains("'shop_version' has the revision '005'"))
        #expect(error.message.contains("by a newer version, and nothing was changed"))
        #expect(error.table == "shop_version")
    }

    @Test func aNewerRowBesideKnownOnesIsRefused() throws {
        let error = try error(.branched(), ["b2", "x"], .upgrade, to: .heads)
        #expect(error.message.contains("the revision 'x'"))
        #expect(error.message.contains("its latest is 'b2', 'c'"))
    }

    @Test(arguments: [["001", "003"], ["003", "001"], ["002", "002"]] as [[Revision]])
    func rowsThatIncludeEachOtherAreRefused(_ rows: [Revision]) throws {
        #expect(try error(.linear(), rows, .upgrade, to: .head).message.contains("Delete the rows"))
    }

    @Test func headOfSeveralIsRefused() throws {
        #expect(try error(.branched(), [], .upgrade, to: .head).message.contains("several heads: 'b2', 'c'"))
    }

    @Test func unknownTargetsListTheKnownOnes() throws {
        let message = try error(.linear(), [], .upgrade, to: .revision("9")).message
        #expect(message.contains("no revision '9'"))
        #expect(message.contains("'001', '002', '003', '004'"))
    }

    @Test func anUpgradeCannotGoToBase() throws {
        #expect(try error(.linear(), ["002"], .upgrade, to: .base).message.contains("downgrade"))
    }

    @Test func aDowngradeCannotGoToWhatIsNotApplied() throws {
        let message = try error(.linear(), ["002"], .downgrade, to: .revision("003")).message
        #expect(message.contains("'003', which is not applied: the database is at '002'"))
        #expect(try error(.linear(), [], .downgrade, to: .revision("001")).message.contains("is at none"))
    }

    @Test func anIrreversibleStepIsRefusedBeforeThoseAheadOfIt() throws {
        let chain = try MigrationChain.test([
            TestStep("001"),
            TestStep("002", after: "001", downgrade: [.irreversible(reason: "the old hashes are gone")]),
            TestStep("003", after: "002"),
        ])
        let message = try error(chain, ["003"], .downgrade, to: .base).message
        #expect(message.contains("downgrade of '002' (add t_002) is refused: the old hashes are gone."))
        #expect(message.contains("Nothing was changed"))
        #expect(try MigrationPlan(chain, current: ["003"], .downgrade, to: .revision("002")).steps.count == 1)
    }
}

import DialectCore
import DialectMigrations
import Testing

@Suite struct MigrationScriptTests {
    @Test func aScriptFromTheBaseMakesTheVersionTableAndRecordsEachStep() throws {
        let script = try MigrationScript(.linear(), MigrationRange("base:002"), dialect: MockDialect())
        #expect(
            script.text == """
                BEGIN;

                CREATE TABLE shop_version;

                -- Running upgrade  -> 001, add t_001

                CREATE TABLE t_001;

                INSERT INTO shop_version (version_num) VALUES ('001');

                -- Running upgrade 001 -> 002, add t_002

                CREATE TABLE t_002;

                UPDATE shop_version SET version_num = '002' WHERE version_num = '001';

                COMMIT;

                """
        )
    }

    @Test func aLaterScriptLeavesTheVersionTableAsItIs() throws {
        let script = try MigrationScript(.linear(), MigrationRange("002:+1"), dialect: MockDialect())
        #expect(!script.text.contains("CREATE TABLE shop_version"))
        #expect(script.text.contains("SET version_num = '003' WHERE version_num = '002'"))
    }

    @Test func aScriptDownwardsEndsWithAnEmptyVersionTable() throws {
        let script = try MigrationScript(.linear(), MigrationRange("002:base"), dialect: MockDialect()).text
        #expect(script.contains("-- Running downgrade 002 -> 001, add t_002\n\nDROP TABLE t_002;"))
        #expect(script.hasSuffix("DELETE FROM shop_version WHERE version_num = '001';\n\nCOMMIT;\n"))
    }

    @Test func whereSchemaChangesAreNotUndoneThereIsNoTransaction() throws {
        let dialect = MockDialect(features: [])
        let script = try MigrationScript(.linear(), dialect: dialect).text
        #expect(script.hasPrefix("CREATE TABLE shop_version;"))
        #expect(!script.contains("COMMIT"))
    }

    @Test func whatRunsOutsideTransactionsInterruptsTheOne() throws {
        let index = Index("i", on: "t_1", ["id"])
        let step = TestStep("1", upgrade: [.createIndex(index, concurrently: true)])
        let chain = try MigrationChain.test([step.adopting(["t_1"])])
        var dialect = MockDialect()
        #expect(try MigrationScript(chain, dialect: dialect).text.split(separator: "COMMIT;").count == 2)
        dialect.features.insert(.concurrentIndexes)
        let script = try MigrationScript(chain, dialect: dialect).text
        #expect(script.contains("COMMIT;\n\nCHECK i;\n\nINDEX i;\n\nBEGIN;\n\nINSERT"))
    }

    @Test func statementsEndWithOneSemicolonAndShowTheirValues() throws {
        let step = TestStep("1", upgrade: [.statement("UPDATE t SET a = \("it"); \n"), .statement("DELETE FROM t")])
        let script = try MigrationScript(.test([step]), dialect: MockDialect()).text
        #expect(script.contains("UPDATE t SET a = 'it';\n\nDELETE FROM t;\n"))
    }

    @Test func aSummaryStaysInItsComment() throws {
        var step = TestStep("1")
        step.summary = "two\nDROP TABLE users; --\r\nlines"
        let script = try MigrationScript(.test([step]), dialect: MockDialect()).text
        #expect(script.contains("-- Running upgrade  -> 1, two DROP TABLE users; -- lines\n"))
    }

    @Test func aStepThatRunsCodeIsRefusedByItsName() throws {
        let step = TestStep("7", upgrade: [.data(summary: "hash the names") { _ in }])
        let chain = try MigrationChain.test([step])
        let error = failure { () throws(DatabaseError) in try MigrationScript(chain, dialect: MockDialect()) }
        #expect(error?.code == .unsupportedFeature)
        #expect(error?.message.contains("upgrade 7") == true)
        #expect(error?.message.contains("hash the names") == true)
    }

    @Test func aMergeDeletesTheRowsThatItJoins() throws {
        let script = try MigrationScript(.merged(), MigrationRange("heads"), dialect: MockDialect()).text
        #expect(script.contains("-- Running upgrade b, c, d -> m, add t_m"))
        #expect(script.contains("DELETE FROM shop_version WHERE version_num = 'b';"))
    }

    @Test(arguments: [
        ("base:head", MigrationTarget.base, MigrationTarget.head), ("003:006", .revision("003"), .revision("006")),
        ("006:base", .revision("006"), .base), ("head", .base, .head),
        ("003:+1", .revision("003"), .relative(1, from: nil)),
        (":003", .base, .revision("003")), ("003:", .revision("003"), .head),
    ])
    func aRangeIsReadAsPeopleWriteIt(_ text: String, _ start: MigrationTarget, _ end: MigrationTarget) {
        #expect(MigrationRange(text) == MigrationRange(from: start, to: end))
    }

    @Test func noWayLeadsFromOneBranchToAnother() throws {
        let branched = try MigrationChain.branched()
        let error = failure { () throws(DatabaseError) in
            try MigrationScript(branched, MigrationRange("b2:c"), dialect: MockDialect())
        }
        #expect(error?.message.contains("different branches") == true)
    }

    @Test func aRangeWithoutStepsIsAnEmptyScript() throws {
        #expect(try MigrationScript(.linear(), MigrationRange("002:002"), dialect: MockDialect()).text == "")
    }
}

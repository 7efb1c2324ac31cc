import DialectCore
import DialectMigrations
import Testing

@Suite struct MigrationTargetTests {
    @Test(arguments: ["head", "heads", "base", "001"]) func textIsReadAndWrittenAlike(_ text: String) {
        #expect(MigrationTarget(text).description == text)
    }

    @Test func otherWordsAreRevisions() {
        #expect(MigrationTarget("HEAD") == .revision("HEAD"))
        #expect(MigrationTarget("head") == .head)
        #expect(MigrationTarget("heads") == .heads)
        #expect(MigrationTarget("base") == .base)
    }
}

#if SQLite
import DialectConformance
import DialectCore
import Testing

/// The suite under test: it passes what is sound, and catches each mutant by the case that is meant for it.
@Suite struct MutantTests {
    private static func suite(_ mutant: Mutant?) -> ConformanceSuite {
        var target = ConformanceTarget.sqlite(MutantDialect(mutant))
        // A second of work that ends by itself, for those that do not hear a cancel.
        target.slowStatement = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000) SELECT COUNT(*) FROM n
            """
        return ConformanceSuite(target)
    }

    @Test(arguments: Mutant.allCases)
    func eachMutantIsCaught(_ mutant: Mutant) async throws {
        let check = try #require(Self.suite(mutant).testCase(named: mutant.catcher))
        let failures = await MutantDialect.$mutant.withValue(mutant) { await check.failures() }
        #expect(!failures.isEmpty, "\(mutant) passes \(mutant.catcher)")
    }

    @Test(arguments: suite(nil).cases)
    func theSoundWrapperPasses(_ check: ConformanceCase) async { await check.run() }
}
#endif

import DialectCore
import DialectMigrations
import Testing

@Suite struct MigrationTargetTests {
    @Test(arguments: ["head", "heads", "base", "001", "+2", "-1", "head-1", "003+2", "a_b", "003+2-1"])
    func textIsReadAndWrittenAlike(_ text: String) {
        #expect(MigrationTarget(text).description == text)
    }

    @Test func otherWordsAreRevisions() {
        #expect(MigrationTarget("HEAD") == .revision("HEAD"))
        #expect(MigrationTarget("head") == .head)
        #expect(MigrationTarget("heads") == .heads)
        #expect(MigrationTarget("base") == .base)
        #expect(MigrationTarget("a-b") == .revision("a-b"))
    }

    @Test func stepsStartFromWhatTheyAreWrittenBehind() {
        #expect(MigrationTarget("+2") == .relative(2, from: nil))
        #expect(MigrationTarget("-1") == .relative(-1, from: nil))
        #expect(MigrationTarget("head-1") == .relative(-1, from: .head))
        #expect(MigrationTarget("003+2") == .relative(2, from: .revision("003")))
    }

    @Test(
        arguments: [
            ("+2", ["001"], ["003"]), ("+1", [], ["001"]), ("-1", ["001"], []), ("-2", ["004"], ["002"]),
            ("+0", ["002"], ["002"]),
            ("head-1", [], ["003"]), ("base+2", ["004"], ["002"]), ("002+1", [], ["003"]), ("003-3", [], []),
        ] as [(String, [Revision], [Revision])]
    )
    func stepsAreCountedAlongTheLine(_ text: String, _ current: [Revision], _ expected: [Revision]) throws {
        let graph = try MigrationChain.linear().graph
        #expect(try graph.revisions(at: MigrationTarget(text), current: current) == expected)
    }

    @Test(
        arguments: [
            ("+1", ["004"], "leaves the steps"), ("-3", ["002"], "leaves the steps"),
            ("base-1", [], "leaves the steps"),
            ("00", [], "Several revisions begin with '00'"), ("9", [], "There is no revision '9'"),
            ("", [], "no revision"),
        ] as [(String, [Revision], String)]
    )
    func whatIsNotInTheLineIsRefused(_ text: String, _ current: [Revision], _ words: String) throws {
        let graph = try MigrationChain.linear().graph
        let error = failure { () throws(DatabaseError) in
            try graph.revisions(at: MigrationTarget(text), current: current)
        }
        #expect(error?.code == .invalidMigration)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [
            ("a+1", ["a"], "could go on to 'b', 'c' and 'd'"), ("m-1", ["m"], "could go on to 'b', 'c' and 'd'"),
            ("+1", ["b", "c"], "no one revision to start from"),
        ] as [(String, [Revision], String)]
    )
    func whereTheWayPartsOneHasToBeNamed(_ text: String, _ current: [Revision], _ words: String) throws {
        let graph = try MigrationChain.merged().graph
        let error = failure { () throws(DatabaseError) in
            try graph.revisions(at: MigrationTarget(text), current: current)
        }
        #expect(error?.message.contains(words.replacing(" and ", with: ", ")) == true, "\(error?.message ?? "")")
    }

    @Test func theBeginningOfARevisionIsEnoughUnlessOthersShareIt() throws {
        let graph = try MigrationChain.branched().graph
        #expect(try graph.revisions(at: MigrationTarget("b2")) == ["b2"])
        #expect(throws: DatabaseError.self) { try graph.revisions(at: MigrationTarget("b")) }
        let long = try MigrationChain.test([TestStep("3f2a9c1b7d04"), TestStep("3f2", after: "3f2a9c1b7d04")]).graph
        #expect(try long.revisions(at: MigrationTarget("3f2a")) == ["3f2a9c1b7d04"])
        #expect(try long.revisions(at: MigrationTarget("3f2")) == ["3f2"])
    }

    @Test(arguments: ["head", "003+1", "-1", "001:003"]) func aRevisionMayNotReadAsATarget(_ text: String) throws {
        let error = failure { () throws(DatabaseError) in try RevisionGraph([TestStep(Revision(text))]) }
        #expect(error?.message.contains("reads as a target") == true)
    }
}

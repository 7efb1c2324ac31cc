import DialectCore
import DialectMigrations
import Testing

@Suite struct RevisionGraphTests {
    @Test func anEmptyGraphHasNoHead() throws {
        let graph = try RevisionGraph([])
        #expect(graph.revisions.isEmpty)
        #expect(try graph.head() == nil)
    }

    @Test func aLineHasOneBaseAndOneHead() throws {
        let graph = try MigrationChain.linear().graph
        #expect(graph.revisions == ["001", "002", "003", "004"])
        #expect(graph.bases == ["001"])
        #expect(try graph.head() == "004")
    }

    @Test func aBranchHasSeveralHeadsAndTheErrorNamesThem() throws {
        let graph = try MigrationChain.branched().graph
        #expect(graph.heads == ["b2", "c"])
        let error = failure { () throws(DatabaseError) in try graph.head() }
        #expect(error?.code == .invalidMigration)
        #expect(error?.message.contains("several heads: 'b2', 'c'") == true)
    }

    @Test func aMergeMakesOneHeadOfSeveral() throws {
        let graph = try MigrationChain.merged().graph
        #expect(try graph.head() == "m")
        #expect(graph.parents(of: "m") == ["b", "c", "d"])
        #expect(graph.children(of: "a") == ["b", "c", "d"])
    }

    @Test func ancestorsAndDescendantsLeaveTheRevisionOut() throws {
        let graph = try MigrationChain.merged().graph
        #expect(graph.ancestors(of: "m") == ["a", "b", "c", "d"])
        #expect(graph.ancestors(of: "a").isEmpty)
        #expect(graph.descendants(of: "b") == ["m"])
        #expect(graph.descendants(of: "m").isEmpty)
    }

    @Test func theOrderDoesNotDependOnHowTheStepsAreListed() throws {
        let steps = [
            TestStep("z"), TestStep("b", after: "z"), TestStep("a", after: "b"), TestStep("c", after: "z"),
            TestStep("0", after: "c"),
        ]
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<20 {
            let graph = try RevisionGraph(steps.shuffled(using: &generator))
            #expect(graph.revisions == ["z", "b", "a", "c", "0"])
        }
    }

    @Test func unknownRevisionsHaveNothing() throws {
        let graph = try MigrationChain.linear().graph
        #expect(!graph.contains("009"))
        #expect(graph.step("009") == nil)
        #expect(graph.parents(of: "009").isEmpty && graph.children(of: "009").isEmpty)
        #expect(graph.ancestors(of: "009").isEmpty && graph.descendants(of: "009").isEmpty)
    }

    @Test func stepsAreFoundByRevision() throws {
        #expect(try MigrationChain.linear().graph.step("002")?.summary == "add t_002")
    }
}

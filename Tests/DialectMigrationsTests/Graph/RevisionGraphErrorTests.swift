import DialectCore
import DialectMigrations
import Testing

@Suite struct RevisionGraphErrorTests {
    /// Steps that are not in order, and what the message must say.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [TestStep]
        let words: [String]

        init(_ description: String, _ steps: [TestStep], _ words: String...) {
            testDescription = description
            self.steps = steps
            self.words = words
        }
    }

    static let cases = [
        Case("duplicate", [TestStep("1"), TestStep("2", after: "1"), TestStep("2")], "revision '2'", "of its own"),
        Case("empty", [TestStep("")], "'add t_'", "empty revision", "1 to 32"),
        Case("over-long", [TestStep(Revision(longest + "x"))], longest + "x", "33 characters", "holds 32"),
        Case("reserved head", [TestStep("head")], "'head'", "reads as a target"),
        Case("reserved heads", [TestStep("heads")], "'heads'", "reads as a target"),
        Case("reserved base", [TestStep("base")], "'base'", "reads as a target"),
        Case("relative", [TestStep("003+1")], "'003+1'", "reads as a target"),
        Case("range", [TestStep("001:003")], "'001:003'", "reads as a target"),
        Case("self parent", [TestStep("1", after: "1")], "'1' names itself"),
        Case("unknown parent", [TestStep("1"), TestStep("2", after: "0")], "'2' follows '0'", "there are '1', '2'"),
        Case("parent twice", [TestStep("1"), TestStep("2", after: "1", "1")], "'2' names the parent '1' twice"),
        Case(
            "merge with an ancestor",
            [TestStep("1"), TestStep("2", after: "1"), TestStep("3", after: "2"), TestStep("4", after: "1", "3")],
            "'4' follows '1' and '3', which includes '1'",
            "Leave '1' out"
        ),
        Case(
            "circle of two",
            [TestStep("1", after: "2"), TestStep("2", after: "1")],
            "'1' follows '2' follows '1'",
            "Correct the parents"
        ),
        Case(
            "circle after a line, followed by more",
            [
                TestStep("0"), TestStep("1", after: "0", "3"), TestStep("2", after: "1"), TestStep("3", after: "2"),
                TestStep("4", after: "3"),
            ],
            "'1' follows '3' follows '2' follows '1'"
        ),
        Case(
            "circle that the walk enters from outside",
            [TestStep("0", after: "8"), TestStep("8", after: "9"), TestStep("9", after: "8")],
            "circle: '8' follows '9' follows '8'."
        ),
    ]

    static let longest = String(repeating: "r", count: 32)

    @Test(arguments: cases) func theMessageNamesTheRevisions(_ fault: Case) {
        let error = failure { () throws(DatabaseError) in try RevisionGraph(fault.steps) }
        #expect(error?.code == .invalidMigration)
        for word in fault.words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "no error")") }
    }

    @Test func aRevisionMayHave32Characters() throws {
        #expect(try RevisionGraph([TestStep(Revision(Self.longest))]).heads.count == 1)
    }

    @Test func lengthIsCountedInCodePointsAsTheDatabaseCounts() throws {
        #expect(throws: Never.self) { try RevisionGraph([TestStep(Revision(String(repeating: "é", count: 32)))]) }
        // One character on the screen, two in the column.
        let pairs = String(repeating: "e\u{301}", count: 17)
        #expect(throws: DatabaseError.self) { try RevisionGraph([TestStep(Revision(pairs))]) }
    }

    @Test func longListsAreCut() {
        let steps = (10..<22).map { TestStep(Revision("\($0)")) } + [TestStep("99", after: "0")]
        let error = failure { () throws(DatabaseError) in try RevisionGraph(steps) }
        #expect(error?.message.contains("'19' and 3 more") == true)
    }
}

import DialectCore
import DialectMigrations
import Testing

@Suite struct MigrationPlanTests {
    /// A way through a chain: which steps run, and the rows after each.
    struct Way: Sendable, CustomTestStringConvertible {
        let chain: MigrationChain
        let rows: [Revision]
        let direction: MigrationDirection
        let target: MigrationTarget
        let steps: [Revision]
        let rowsAfterEach: [[Revision]]
        var testDescription: String { "\(direction) from \(rows) to \(target)" }

        init(
            _ chain: MigrationChain,
            _ rows: [Revision],
            _ direction: MigrationDirection,
            to target: String,
            _ steps: KeyValuePairs<Revision, [Revision]>
        ) {
            self.chain = chain
            self.rows = rows
            self.direction = direction
            self.target = MigrationTarget(target)
            self.steps = steps.map(\.key)
            rowsAfterEach = steps.map(\.value)
        }
    }

    static func linear() throws -> [Way] {
        let chain = try MigrationChain.linear()
        return [
            Way(chain, [], .upgrade, to: "head", ["001": ["001"], "002": ["002"], "003": ["003"], "004": ["004"]]),
            Way(chain, ["002"], .upgrade, to: "head", ["003": ["003"], "004": ["004"]]),
            Way(chain, ["002"], .upgrade, to: "heads", ["003": ["003"], "004": ["004"]]),
            Way(chain, ["001"], .upgrade, to: "002", ["002": ["002"]]),
            Way(chain, ["004"], .upgrade, to: "head", [:]),
            Way(chain, ["003"], .upgrade, to: "001", [:]),
            Way(chain, ["004"], .downgrade, to: "002", ["004": ["003"], "003": ["002"]]),
            Way(chain, ["002"], .downgrade, to: "base", ["002": ["001"], "001": []]),
            Way(chain, ["002"], .downgrade, to: "002", [:]),
            Way(chain, ["004"], .downgrade, to: "head", [:]),
            Way(chain, [], .downgrade, to: "base", [:]),
            Way(chain, ["002"], .upgrade, to: "+1", ["003": ["003"]]),
            Way(chain, ["003"], .downgrade, to: "-2", ["003": ["002"], "002": ["001"]]),
            Way(chain, ["001"], .downgrade, to: "-1", ["001": []]),
            Way(chain, ["001"], .upgrade, to: "head-1", ["002": ["002"], "003": ["003"]]),
        ]
    }

    static func branched() throws -> [Way] {
        let chain = try MigrationChain.branched()
        return [
            Way(
                chain,
                [],
                .upgrade,
                to: "heads",
                ["a": ["a"], "b1": ["b1"], "b2": ["b2"], "c": ["b2", "c"]]
            ),
            Way(chain, [], .upgrade, to: "c", ["a": ["a"], "c": ["c"]]),
            Way(chain, ["c"], .upgrade, to: "b1", ["b1": ["b1", "c"]]),
            Way(chain, ["b2", "c"], .downgrade, to: "b1", ["b2": ["b1", "c"]]),
            Way(chain, ["b2", "c"], .downgrade, to: "a", ["c": ["b2"], "b2": ["b1"], "b1": ["a"]]),
            Way(chain, ["b2", "c"], .downgrade, to: "c", [:]),
            Way(chain, ["b1", "c"], .downgrade, to: "base", ["c": ["b1"], "b1": ["a"], "a": []]),
        ]
    }

    static func merged() throws -> [Way] {
        let chain = try MigrationChain.merged()
        return [
            Way(
                chain,
                [],
                .upgrade,
                to: "head",
                ["a": ["a"], "b": ["b"], "c": ["b", "c"], "d": ["b", "c", "d"], "m": ["m"]]
            ),
            Way(chain, ["c"], .upgrade, to: "head", ["b": ["b", "c"], "d": ["b", "c", "d"], "m": ["m"]]),
            Way(chain, ["m"], .downgrade, to: "b", ["m": ["b", "c", "d"]]),
            Way(
                chain,
                ["m"],
                .downgrade,
                to: "base",
                ["m": ["b", "c", "d"], "d": ["b", "c"], "c": ["b"], "b": ["a"], "a": []]
            ),
        ]
    }

    @Test(arguments: try linear() + branched() + merged()) func theStepsAndRowsAreAlembics(_ way: Way) throws {
        let plan = try MigrationPlan(way.chain, current: way.rows, way.direction, to: way.target)
        #expect(plan.steps.map(\.revision) == way.steps)
        #expect(plan.steps.map(\.versions) == way.rowsAfterEach)
        #expect(plan.steps.allSatisfy { $0.direction == way.direction })
        #expect(plan.before == way.rows)
        #expect(plan.after == way.rowsAfterEach.last ?? way.rows)
        #expect(plan.isEmpty == way.steps.isEmpty)
    }

    @Test func aStepOfALineMovesTheOneRow() throws {
        let plan = try MigrationPlan(.linear(), current: [], .upgrade, to: .revision("002"))
        #expect(plan.steps.map(\.versionChanges) == [[.insert("001")], [.update(from: "001", to: "002")]])
        let back = try MigrationPlan(.linear(), current: ["002"], .downgrade, to: .base)
        #expect(back.steps.map(\.versionChanges) == [[.update(from: "002", to: "001")], [.delete("001")]])
    }

    @Test func aBranchInsertsARowAndItsDowngradeDeletesIt() throws {
        let plan = try MigrationPlan(.branched(), current: ["b2"], .upgrade, to: .heads)
        #expect(plan.steps.map(\.versionChanges) == [[.insert("c")]])
        let back = try MigrationPlan(.branched(), current: ["b1", "c"], .downgrade, to: .revision("a"))
        #expect(back.steps.map(\.versionChanges) == [[.delete("c")], [.update(from: "b1", to: "a")]])
    }

    @Test func aMergeDeletesAllRowsButOneAndItsDowngradeInsertsThem() throws {
        let plan = try MigrationPlan(.merged(), current: ["b", "c", "d"], .upgrade, to: .head)
        #expect(plan.steps.map(\.versionChanges) == [[.delete("b"), .delete("c"), .update(from: "d", to: "m")]])
        let back = try MigrationPlan(.merged(), current: ["m"], .downgrade, to: .revision("b"))
        #expect(back.steps.map(\.versionChanges) == [[.insert("b"), .insert("c"), .update(from: "m", to: "d")]])
    }

    @Test func aPlanHasTheOperationsOfItsDirection() throws {
        let up = try MigrationPlan(.linear(), current: [], .upgrade, to: .revision("001"))
        #expect(up.steps[0].description == "upgrade 001 (add t_001)")
        guard case .schema(.createTable) = up.steps[0].operations[0] else { return #expect(Bool(false)) }
        let down = try MigrationPlan(.linear(), current: ["001"], .downgrade, to: .base)
        guard case .schema(.dropTable) = down.steps[0].operations[0] else { return #expect(Bool(false)) }
    }

    @Test func aChainWithoutStepsHasNothingToDo() throws {
        let chain = try MigrationChain.test([])
        #expect(try MigrationPlan(chain, current: [], .upgrade, to: .head).isEmpty)
        #expect(try MigrationPlan(chain, current: [], .downgrade, to: .base).isEmpty)
    }
}

import DialectCore
import DialectMigrations
import Testing

/// Every plan of random graphs: from every state that a database can have, in both directions, to every target.
@Suite struct MigrationPlanPropertyTests {
    @Test(arguments: UInt64(0)..<60) func everyPlanIsValid(seed: UInt64) throws {
        let random = RandomGraph(seed: seed)
        let chain = try MigrationChain.test(random.steps)
        for state in random.states {
            for target in [.head, .heads, .base] + random.revisions.map(MigrationTarget.revision) {
                for direction in [MigrationDirection.upgrade, .downgrade] {
                    try check(random, chain, state, direction, target)
                }
            }
        }
    }

    private func check(
        _ random: RandomGraph,
        _ chain: MigrationChain,
        _ state: Set<Revision>,
        _ direction: MigrationDirection,
        _ target: MigrationTarget
    ) throws {
        guard let goal = goal(random, state, direction, target) else {
            #expect(throws: DatabaseError.self) {
                try MigrationPlan(chain, current: random.heads(of: state), direction, to: target)
            }
            return
        }
        let plan = try MigrationPlan(chain, current: random.heads(of: state), direction, to: target)
        var applied = state
        var rows = random.heads(of: state)
        for step in plan.steps {
            if direction == .upgrade {
                #expect(random.parents(of: step.revision).isSubset(of: applied))
                #expect(applied.insert(step.revision).inserted)
            } else {
                #expect(random.children(of: step.revision).isDisjoint(with: applied))
                #expect(applied.remove(step.revision) != nil)
            }
            for change in step.versionChanges { #expect(apply(change, to: &rows), "\(change) in \(rows)") }
            #expect(rows.sorted() == random.heads(of: applied))
            #expect(step.versions == random.heads(of: applied))
        }
        #expect(applied == goal, "\(direction) of \(state) to \(target)")
    }

    /// What must be applied in the end, or nil when the target has to be refused.
    private func goal(
        _ random: RandomGraph,
        _ state: Set<Revision>,
        _ direction: MigrationDirection,
        _ target: MigrationTarget
    ) -> Set<Revision>? {
        let all = Set(random.revisions)
        let heads = Set(random.heads(of: all))
        let targets: Set<Revision>
        switch target {
        case .head:
            guard heads.count == 1 else { return nil }
            targets = heads
        case .heads: targets = heads
        case .base: return direction == .upgrade ? nil : []
        case .revision(let revision): targets = [revision]
        // No random target is relative.
        case .relative: return nil
        }
        if direction == .upgrade { return state.union(random.withAncestors(targets)) }
        guard targets.isSubset(of: state) else { return nil }
        return state.subtracting(targets.flatMap { random.withDescendants(random.children(of: $0)) })
    }

    /// Does what the database does; false unless exactly one row is hit.
    private func apply(_ change: VersionChange, to rows: inout [Revision]) -> Bool {
        switch change {
        case .insert(let revision):
            guard !rows.contains(revision) else { return false }
            rows.append(revision)
        case .update(let old, let new):
            guard let index = rows.firstIndex(of: old), !rows.contains(new) else { return false }
            rows[index] = new
        case .delete(let revision):
            guard let index = rows.firstIndex(of: revision) else { return false }
            rows.remove(at: index)
        }
        return true
    }
}

public import DialectCore

/// The steps that lead from what a database has to a target, in order, with what each records.
///
/// A pure value: made once, it is printed, checked and run without computing anything again.
public struct MigrationPlan: Sendable {
    /// The chain.
    public let chain: MigrationChain
    /// Where the plan leads to.
    public let target: MigrationTarget
    /// Whether its steps are applied or undone.
    public let direction: MigrationDirection
    /// The rows of the version table that the plan starts from, by their text.
    public let before: [Revision]
    /// The steps in the order in which they run.
    public let steps: [PlannedStep]

    /// The rows of the version table after the last step, by their text.
    public var after: [Revision] { steps.last?.versions ?? before }
    /// Whether there is nothing to do.
    public var isEmpty: Bool { steps.isEmpty }

    /// Plans the way from the rows of a version table to a target.
    ///
    /// An upgrade applies what the target needs and the database does not have, and nothing else: with a revision that
    /// is applied already there is nothing to do. A downgrade undoes what follows the target, on every branch that
    /// starts there, and leaves branches that start elsewhere.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when the rows have a revision that the chain does not know
    ///   (a newer version migrated the database), when the target does not exist, lies the other way or is `head` of
    ///   several, and when a step on the way is irreversible or would change a table of somebody else. Nothing has been
    ///   run then.
    public init(
        _ chain: MigrationChain,
        current rows: [Revision],
        _ direction: MigrationDirection,
        to target: MigrationTarget
    ) throws(DatabaseError) {
        var state = try chain.applied(rows: rows)
        self.chain = chain
        self.target = target
        self.direction = direction
        before = state.versions
        var steps: [PlannedStep] = []
        for step in try chain.graph.steps(from: state, direction, to: target) {
            let planned = try PlannedStep(step, of: chain, direction, &state)
            try chain.checkOwnership(of: planned)
            steps.append(planned)
        }
        self.steps = steps
    }
}

extension RevisionGraph {
    fileprivate func steps(
        from state: AppliedRevisions,
        _ direction: MigrationDirection,
        to target: MigrationTarget
    ) throws(DatabaseError) -> [any MigrationStep] {
        let targets = try revisions(at: target, current: state.versions)
        switch direction {
        case .upgrade:
            if target.isBelowCurrent {
                throw DatabaseError(.invalidMigration, "An upgrade cannot go to '\(target)': downgrade to it instead.")
            }
            let needed = targets.reduce(into: Set(targets)) { $0.formUnion(ancestors(of: $1)) }
            return revisions.filter { needed.contains($0) && !state.contains($0) }.compactMap(step)
        case .downgrade:
            if let target = targets.first(where: { !state.contains($0) }) {
                throw DatabaseError(
                    .invalidMigration,
                    "A downgrade cannot go to '\(target)', which is not applied: the database is at "
                        + "\(listed(state.versions)). Upgrade to it instead."
                )
            }
            let undone =
                targets.isEmpty ? Set(revisions) : targets.reduce(into: []) { $0.formUnion(descendants(of: $1)) }
            return revisions.reversed().filter { undone.contains($0) && state.contains($0) }.compactMap(step)
        }
    }
}

extension PlannedStep {
    fileprivate init(
        _ step: any MigrationStep,
        of chain: MigrationChain,
        _ direction: MigrationDirection,
        _ state: inout AppliedRevisions
    ) throws(DatabaseError) {
        self.chain = chain.name
        revision = step.revision
        summary = step.summary
        self.direction = direction
        operations = direction == .upgrade ? step.upgrade : step.downgrade
        requirements = direction == .upgrade ? step.requirements : []
        for case .irreversible(let reason) in operations {
            throw DatabaseError(
                .invalidMigration,
                "The \(direction) of '\(revision)' (\(summary)) is refused: \(reason). Nothing was changed. "
                    + "Choose a target that does not cross it, or restore a backup."
            )
        }
        versionChanges = direction == .upgrade ? state.add(revision) : state.remove(revision)
        versions = state.versions
    }
}

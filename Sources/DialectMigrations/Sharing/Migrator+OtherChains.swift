internal import DialectCore

// What the chains of one database have to do with each other.
extension Migrator {
    /// The same migrator for a chain of its database.
    func migrator(for other: MigrationChain) -> Migrator {
        guard other.name != chain.name else { return self }
        var migrator = self
        migrator.otherChains = otherChains.filter { $0.name != other.name } + [chain]
        migrator.chain = other
        return migrator
    }

    /// The plans that have to run before a plan, in order: those of the chains whose revisions its steps require.
    ///
    /// - Parameters:
    ///   - plan: A plan of any of the chains.
    ///   - rows: Reads the version table of a chain.
    /// - Returns: None when nothing is required that is not there.
    /// - Throws: `DatabaseError` with code `invalidMigration` when a chain or revision is not known, and when chains require
    ///   each other.
    func prerequisites(
        of plan: MigrationPlan,
        rows: (Migrator) async throws(DatabaseError) -> [Revision]
    ) async throws(DatabaseError) -> [MigrationPlan] {
        var plans: [MigrationPlan] = []
        try await addPrerequisites(of: plan, after: [], to: &plans, rows)
        return plans
    }

    private func addPrerequisites(
        of plan: MigrationPlan,
        after others: [String],
        to plans: inout [MigrationPlan],
        _ rows: (Migrator) async throws(DatabaseError) -> [Revision]
    ) async throws(DatabaseError) {
        let waiting = others + [plan.chain.name]
        for (step, requirement) in plan.requirements {
            guard !waiting.contains(requirement.chain) else {
                throw invalid(
                    "The chains \(waiting.map { "'\($0)'" }.joined(separator: ", ")) require each other: \(step) requires "
                        + "\(requirement). Move what both need into a step of one of them."
                )
            }
            let migrator = self.migrator(for: try chain(for: requirement, of: step))
            let current: [Revision] =
                if let planned = plans.last(where: { $0.chain.name == requirement.chain }) {
                    planned.after
                } else {
                    try await rows(migrator)
                }
            let target = MigrationTarget.revision(requirement.revision)
            let required = try MigrationPlan(migrator.chain, current: current, .upgrade, to: target)
            guard !required.isEmpty else { continue }
            try await addPrerequisites(of: required, after: waiting, to: &plans, rows)
            plans.append(required)
        }
    }

    private func chain(
        for requirement: MigrationRequirement,
        of step: PlannedStep
    ) throws(DatabaseError) -> MigrationChain {
        guard let other = otherChains.first(where: { $0.name == requirement.chain }) else {
            throw invalid(
                "The \(step) requires \(requirement), and the migrator of '\(chain.name)' was not given that chain. Hand it "
                    + "over among the other chains."
            )
        }
        guard other.graph.contains(requirement.revision) else {
            throw invalid(
                "The \(step) requires \(requirement), which has no such revision: its latest is "
                    + "\(listed(other.graph.heads)). Use a version that has it, or correct the requirement."
            )
        }
        return other
    }

    /// Refuses to undo what the applied steps of another chain require.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration`.
    func checkNobodyRequires(
        _ plan: MigrationPlan,
        rows: (Migrator) async throws(DatabaseError) -> [Revision]
    ) async throws(DatabaseError) {
        guard plan.direction == .downgrade, !plan.isEmpty else { return }
        let undone = Set(plan.steps.map { MigrationRequirement($0.revision, of: chain.name) })
        for other in otherChains {
            let found = try await rows(migrator(for: other))
            let included = other.includedRows(of: found)
            let applied = try other.applied(rows: found.filter { !included.contains($0) })
            for revision in other.graph.revisions.reversed() where applied.contains(revision) {
                guard let step = other.graph.step(revision),
                    let requirement = step.requirements.first(where: undone.contains)
                else { continue }
                throw invalid(
                    "The downgrade of '\(chain.name)' to '\(plan.target)' is refused: it undoes \(requirement), which the "
                        + "applied step '\(revision)' (\(step.summary)) of '\(other.name)' requires. Nothing was changed. "
                        + "Downgrade '\(other.name)' first."
                )
            }
        }
    }
}

extension MigrationPlan {
    /// What the steps require of other chains, each with the step that does.
    fileprivate var requirements: [(step: PlannedStep, requirement: MigrationRequirement)] {
        steps.flatMap { step in step.requirements.map { (step, $0) } }
    }
}

private func invalid(_ message: String) -> DatabaseError { DatabaseError(.invalidMigration, message) }

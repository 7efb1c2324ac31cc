public import DialectCore

/// An applied step whose statements are others now than those that were applied.
public struct ChangedStep: Sendable, Hashable {
    /// The step's revision.
    public let revision: Revision
    /// What the step does, in a few words.
    public let summary: String
    /// The statements that were applied, in order, with placeholders for bound values; of a very long one the beginning.
    public let applied: [String]
    /// The statements that the step has now, in the same form.
    ///
    /// Where the two lists are equal, a bound value or the rest of a long statement has changed.
    public let current: [String]
}

extension Migrator {
    /// The applied steps that have changed since, in the order of the graph.
    ///
    /// Reads only. Steps of which nothing was kept have not changed: those that another program or an older release
    /// applied, those that were stamped, and all of a chain that keeps no journal.
    ///
    /// - Throws: `DatabaseError` when the tables cannot be read, when a step cannot be spelled any more, and as
    ///   `MigrationPlan` does when the database is at a revision that the chain does not know.
    public func changedSteps() async throws(DatabaseError) -> [ChangedStep] {
        let applied = try chain.applied(rows: await current())
        let rows = Dictionary(grouping: try await journal.rowsIfPresent(on: connection) ?? [], by: \.revision)
        var changed: [ChangedStep] = []
        for step in try await spelledFromBase() where applied.contains(step.planned.revision) {
            guard let rows = rows[step.planned.revision], rows.allSatisfy({ $0.state == .applied }) else { continue }
            let records = step.statements.map(\.record)
            guard rows.map(\.hash) != records.map(\.hash) else { continue }
            changed.append(
                ChangedStep(
                    revision: step.planned.revision,
                    summary: step.planned.summary,
                    applied: rows.map(\.text),
                    current: records.map(\.storedText)
                )
            )
        }
        return changed
    }

    private func spelledFromBase() async throws(DatabaseError) -> [SpelledStep] {
        let plan = try MigrationPlan(chain, current: [], .upgrade, to: .heads)
        let migrator = try await suiting(plan)
        do throws(MigrationFailure) {
            return try migrator.spelledWithoutChecks(plan)
        } catch {
            throw error.error(chain: chain.name, outcome: "Nothing was changed.")
        }
    }
}

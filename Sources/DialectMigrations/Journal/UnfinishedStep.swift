internal import DialectCore

/// A step that a migrator began and did not finish, as the journal tells.
struct UnfinishedStep: Sendable {
    /// What is known of the first statement that is not marked as done.
    enum Next: Sendable, Hashable {
        /// It is at this position from 0 and was not done.
        case notDone(Int)
        /// It is at this position from 0 and may have been done.
        case unknown(Int)
    }

    let revision: Revision
    let direction: MigrationDirection
    /// The rows of its statements, by their position.
    let rows: [JournalRow]

    /// Finds the step among the rows of the journal; nil when every step is finished.
    ///
    /// A step whose version is recorded is finished, however its rows look: somebody else completed it, or said that it is.
    init?(_ rows: [JournalRow], _ chain: MigrationChain, versions: [Revision]) throws(DatabaseError) {
        let applied = try chain.applied(rows: versions)
        let isUnfinished = { (row: JournalRow) in
            row.state != .applied && applied.contains(row.revision) == (row.direction == .downgrade)
        }
        guard let row = rows.first(where: isUnfinished) else { return nil }
        revision = row.revision
        direction = row.direction
        self.rows = rows.filter { $0.revision == row.revision && $0.direction == row.direction }
    }

    /// Whether a plan begins with it, or leaves it to whoever knows the revision: a plan without steps needs no upgrade
    /// that somebody else began.
    func isFirst(of plan: MigrationPlan) -> Bool {
        guard let step = plan.steps.first else { return direction == .upgrade }
        return step.revision == revision && step.direction == direction
    }

    /// Finds the first statement that is left to do.
    ///
    /// After a failure that left no doubt there are rows of the done ones only, and the others may be changed.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when other statements were begun than these.
    func next(of records: [StatementRecord]) throws(DatabaseError) -> Next {
        let done = rows.prefix { $0.state == .done }.count
        let begun = rows.prefix(done + 1).map(\.hash)
        guard begun == records.prefix(begun.count).map(\.hash), rows.map(\.position) == Array(1..<(rows.count + 1))
        else {
            throw DatabaseError(
                .invalidMigration,
                "It was begun with other statements than the step has now, so what is left of it cannot be told"
            )
        }
        return done < rows.count ? .unknown(done) : .notDone(done)
    }

    /// The refusal of a plan that does not begin with this step.
    func refusal(_ journal: Identifier) -> DatabaseError {
        let target = direction == .upgrade ? "'\(revision)'" : "the revision before '\(revision)'"
        return DatabaseError(
            .invalidMigration,
            "The \(direction) of '\(revision)' was begun and not finished, as the rows in '\(journal)' say. Nothing was "
                + "changed. Finish it first: \(direction) to \(target).",
            table: journal.name
        )
    }
}

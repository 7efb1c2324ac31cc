internal import DialectCore

/// What a migrator finds before it asks for the lock.
struct MigrationStart: Sendable {
    let plan: MigrationPlan
    /// Whether the chain was at work on the database before, and may have left a step half-built.
    let hasVersionTable: Bool
    /// Whether there is anything to do: steps to run, rows or a journal to clear away, or a downgrade that was not finished.
    let hasWork: Bool

    init(
        _ migrator: Migrator,
        _ direction: MigrationDirection,
        to target: MigrationTarget
    ) async throws(DatabaseError) {
        let found = try await migrator.versionTable.rowsIfPresent(on: migrator.connection)
        let included = migrator.chain.includedRows(of: found ?? [])
        let rows = found.map { $0.filter { !included.contains($0) } }
        plan = try MigrationPlan(migrator.chain, current: rows ?? [], direction, to: target)
        hasVersionTable = rows != nil
        guard case .session = try MigrationLock(migrator.dialect, migrator.connection, for: plan), plan.isEmpty,
            rows != nil, let noted = try await migrator.journal.rowsIfPresent(on: migrator.connection)
        else {
            hasWork = !plan.isEmpty || !included.isEmpty
            return
        }
        if let unfinished = try UnfinishedStep(noted, migrator.chain, versions: plan.before) {
            hasWork = !unfinished.isFirst(of: plan)
        } else {
            hasWork = !migrator.chain.keepsJournal || !included.isEmpty
        }
    }
}

/// What the attempts of one migration share.
struct MigrationAttempt: Sendable {
    let direction: MigrationDirection
    let target: MigrationTarget
    /// Whether the first step may be there in part, so that its objects are looked up before it runs.
    var mayBeHalfBuilt: Bool
    /// The rows of the version table before the first step that was recorded.
    var before: [Revision]?
    /// The steps that were run.
    var reported: [MigrationReport.Step] = []

    init(_ direction: MigrationDirection, to target: MigrationTarget, mayBeHalfBuilt: Bool) {
        self.direction = direction
        self.target = target
        self.mayBeHalfBuilt = mayBeHalfBuilt
    }
}

/// An attempt that ended with an error, and what it left.
struct FailedAttempt: Error {
    let failure: MigrationFailure
    /// What is left in the database, in words for the error.
    let outcome: String
    /// The rows of the version table as this migrator left them, as far as it came to know them.
    let versions: [Revision]?
}

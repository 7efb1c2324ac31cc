internal import DialectCore

/// What a migrator finds before it asks for the lock.
struct MigrationStart: Sendable {
    /// The chain's own plan last, after those of the chains that its steps require.
    let plans: [MigrationPlan]
    /// The other chains that have a version table.
    let presentChains: [MigrationChain]
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
        let plan = try MigrationPlan(migrator.chain, current: rows ?? [], direction, to: target)
        let others = try await OtherVersions(migrator, of: plan)
        try await migrator.checkNobodyRequires(plan) { (other) throws(DatabaseError) in others.rows(other) }
        plans =
            try await migrator.prerequisites(of: plan) { (other) throws(DatabaseError) in others.rows(other) } + [plan]
        presentChains = others.presentChains
        hasVersionTable = rows != nil
        guard case .session = try MigrationLock(migrator.dialect, migrator.connection, for: [plan]), plan.isEmpty,
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

/// The version tables of the other chains, where a plan has to do with them.
private struct OtherVersions {
    private(set) var presentChains: [MigrationChain] = []
    private var rows: [String: [Revision]] = [:]

    init(_ migrator: Migrator, of plan: MigrationPlan) async throws(DatabaseError) {
        guard !plan.isEmpty else { return }
        for chain in migrator.otherChains {
            let other = migrator.migrator(for: chain)
            guard let found = try await other.versionTable.rowsIfPresent(on: migrator.connection) else { continue }
            presentChains.append(chain)
            let included = chain.includedRows(of: found)
            rows[chain.name] = found.filter { !included.contains($0) }
        }
    }

    func rows(_ migrator: Migrator) -> [Revision] { rows[migrator.chain.name] ?? [] }
}

/// What the attempts of one migration share.
struct MigrationAttempt: Sendable {
    let direction: MigrationDirection
    let target: MigrationTarget
    /// Whether the migrator's chain was at work on the database before.
    private let hasVersionTable: Bool
    /// The other chains that had a version table before the attempt.
    var presentChains: [MigrationChain] = []
    /// The failure of an attempt that met objects as if the first step were there in part, so that they are looked up.
    var surprise: MigrationFailure?
    /// The rows of the version table before the first step that was recorded.
    var before: [Revision]?
    /// The steps that were run.
    var reported: [MigrationReport.Step] = []

    init(_ direction: MigrationDirection, to target: MigrationTarget, hasVersionTable: Bool) {
        self.direction = direction
        self.target = target
        self.hasVersionTable = hasVersionTable
    }

    /// Whether a chain may have left a step half-built, where each step commits by itself: it was at work before.
    func mayBeHalfBuilt(_ chain: MigrationChain) -> Bool {
        hasVersionTable || presentChains.contains { $0.name == chain.name }
    }
}

/// An attempt that ended with an error, and what it left.
struct FailedAttempt: Error {
    let failure: MigrationFailure
    /// What is left in the database, in words for the error.
    let outcome: String
    /// The rows of a version table as this migrator left them, as far as it came to know them.
    let versions: ChainVersions?
}

/// The rows of a chain's version table.
struct ChainVersions: Sendable {
    let chain: MigrationChain
    let rows: [Revision]
}

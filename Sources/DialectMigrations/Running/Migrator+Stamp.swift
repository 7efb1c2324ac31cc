public import DialectCore

extension Migrator {
    /// Records that the database is at a target, without running a step.
    ///
    /// For a database whose tables were made in another way, or by hand after a step was left in the middle: what the
    /// journal has of such a step is forgotten. Takes the lock as a migration does.
    ///
    /// - Parameters:
    ///   - target: Where the database is; a relative one starts from what the version table says.
    ///   - purging: Whether rows that the chain does not know may be replaced.
    /// - Returns: The rows of the version table, by their text.
    /// - Throws: `DatabaseError`, with code `invalidMigration` when the target does not exist, or when the version table
    ///   has a revision that the chain does not know; nothing is changed then.
    @discardableResult
    public func stamp(_ target: MigrationTarget, purging: Bool = false) async throws(DatabaseError) -> [Revision] {
        let lock = try MigrationLock(dialect, connection, for: [])
        // In the transaction that is the lock, a missing table would end it.
        let hasJournal = try await journal.rowsIfPresent(on: connection) != nil
        let wait = LockWait(clock: clock, timeout: options.lockTimeout)
        try await wait.retrying(holder: lock.holder) { () throws(DatabaseError) in
            try await lock.attempt(on: connection, lease: options.lease)
        }
        do throws(MigrationFailure) {
            try await create(versionTable.definition)
            let rows = try await at("the record of '\(target)'") { () throws(DatabaseError) in
                if case .session = lock { try await connection.begin(.readWrite) }
                let rows = try await record(target, purging: purging)
                if hasJournal { try await forgetUnfinished(versions: rows) }
                try await connection.commit()
                if case .session = lock { try await clearJournal() }
                return rows
            }
            await release(lock)
            return rows
        } catch {
            _ = await rollBack()
            await release(lock)
            throw error.error(chain: chain.name, outcome: "Nothing was recorded.")
        }
    }

    private func record(_ target: MigrationTarget, purging: Bool) async throws(DatabaseError) -> [Revision] {
        let before = try await versionTable.rows(on: connection)
        if !purging { _ = try chain.applied(rows: before) }
        let after = try chain.graph.revisions(at: target, current: before)
        for row in before where !after.contains(row) { try await versionTable.record(.delete(row), on: connection) }
        for row in after where !before.contains(row) { try await versionTable.record(.insert(row), on: connection) }
        return after.sorted()
    }

    /// Keeps of the journal what was applied and counts as applied.
    private func forgetUnfinished(versions: [Revision]) async throws(DatabaseError) {
        let applied = try chain.applied(rows: versions)
        for row in try await journal.rowsIfPresent(on: connection) ?? []
        where row.state != .applied || !applied.contains(row.revision) {
            try await journal.forget(row.revision, on: connection)
        }
    }
}

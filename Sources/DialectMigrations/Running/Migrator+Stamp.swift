public import DialectCore

extension Migrator {
    /// Records that the database is at a target, without running a step; returns the rows of the version table.
    ///
    /// For a database whose tables were made in another way. Takes the lock as a migration does.
    ///
    /// - Parameters:
    ///   - target: Where the database is; a relative one starts from what the version table says.
    ///   - purging: Whether rows that the chain does not know may be replaced.
    /// - Throws: `DatabaseError`, with code `invalidMigration` when the target does not exist, or when the version table
    ///   has a revision that the chain does not know; nothing is changed then.
    @discardableResult
    public func stamp(_ target: MigrationTarget, purging: Bool = false) async throws(DatabaseError) -> [Revision] {
        let lock = try MigrationLock(chain, dialect, connection)
        let wait = LockWait(clock: clock, timeout: options.lockTimeout)
        try await wait.retrying { () throws(DatabaseError) in try await lock.attempt(on: connection) }
        do throws(MigrationFailure) {
            try await createVersionTable()
            let rows = try await inTransaction(of: lock) { () throws(DatabaseError) in
                try await record(target, purging: purging)
            }
            await release(lock)
            return rows
        } catch {
            _ = await rollBack()
            await release(lock)
            throw error.error(chain: chain.name, outcome: "Nothing was recorded.")
        }
    }

    /// Runs `body` in the lock's own transaction or in a new one, and commits.
    private func inTransaction<Result: Sendable>(
        of lock: MigrationLock,
        _ body: () async throws(DatabaseError) -> Result
    ) async throws(MigrationFailure) -> Result {
        try await at("the record of a version") { () throws(DatabaseError) in
            if case .session = lock { try await connection.begin(.readWrite) }
            let result = try await body()
            try await connection.commit()
            return result
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
}

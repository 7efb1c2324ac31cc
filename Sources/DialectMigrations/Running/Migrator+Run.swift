internal import DialectCore
internal import Logging

extension Migrator {
    func run(
        _ direction: MigrationDirection,
        to target: MigrationTarget,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> MigrationReport {
        // What no lock can protect is refused before anything is asked.
        _ = try MigrationLock(dialect, connection, for: [])
        let wait = LockWait(clock: clock, timeout: options.lockTimeout)
        // A database that is at its target is left without asking it for a lock, so starting many replicas costs them
        // a read each, and a user who may only read can do it.
        let start = try await wait.retrying { () throws(DatabaseError) in
            try await MigrationStart(self, direction, to: target)
        }
        let own = start.plans[start.plans.count - 1]
        guard start.hasWork else { return finish(own, before: own.before, [], observer) }

        logger.debug("waiting for the migration lock", metadata: ["chain": "\(chain.name)"])
        observer(.waitingForLock)
        var attempt = MigrationAttempt(direction, to: target, hasVersionTable: start.hasVersionTable)
        var pending = start
        while true {
            switch try await run(pending, &attempt, wait, observer) {
            case .success(let plans):
                let plan = plans[plans.count - 1]
                return finish(plan, before: attempt.before ?? plan.before, attempt.reported, observer)
            case .failure(let failed):
                guard try await goesOn(after: failed, &attempt, wait) else {
                    throw failed.failure.error(chain: chain.name, outcome: failed.outcome)
                }
                logger.debug("another program migrates too", metadata: ["chain": "\(chain.name)"])
                pending = try await wait.retrying { () throws(DatabaseError) in
                    try await MigrationStart(self, direction, to: target)
                }
            }
        }
    }

    /// Makes one attempt: takes the lock that suits what is pending, and runs what is pending then.
    private func run(
        _ pending: MigrationStart,
        _ attempt: inout MigrationAttempt,
        _ wait: LockWait,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> Result<[MigrationPlan], FailedAttempt> {
        let lock = try MigrationLock(dialect, connection, for: pending.plans)
        attempt.presentChains = pending.presentChains
        return try await rebuildingTables(of: pending.plans) { (rebuilding) throws(DatabaseError) in
            try await wait.retrying(holder: lock.holder) { () throws(DatabaseError) in
                try await lock.attempt(on: connection, lease: options.lease)
            }
            do throws(FailedAttempt) {
                switch lock {
                case .exclusiveTransaction, .transaction:
                    return .success(try await runInOneTransaction(&attempt, rebuilding, observer))
                case .session: return .success(try await runStepByStep(lock, &attempt, observer))
                }
            } catch {
                return .failure(error)
            }
        }
    }

    /// Whether a failed attempt is followed by another one.
    ///
    /// A program that migrates without this lock, as the Python library does, may be the cause: then the version is another
    /// one now, or what was to be made is there.
    private func goesOn(
        after failed: FailedAttempt,
        _ attempt: inout MigrationAttempt,
        _ wait: LockWait
    ) async throws(DatabaseError) -> Bool {
        guard wait.hasTimeLeft, !Task.isCancelled, !connection.isLost else { return false }
        switch failed.failure.cause.code {
        case .connectionLost, .commitOutcomeUnknown: return false
        case .deadlock, .lockTimeout, .serializationFailure:
            try await wait.pause()
            return true
        case .duplicateObject, .undefinedObject, .uniqueViolation:
            if attempt.surprise == nil {
                attempt.surprise = failed.failure
                return true
            }
        default: break
        }
        guard let versions = failed.versions else { return false }
        do {
            let table = migrator(for: versions.chain).versionTable
            return try await table.rowsIfPresent(on: connection) ?? [] != versions.rows
        } catch {
            // The failure of the attempt says more.
            return false
        }
    }

    /// Reads the versions again: another migrator may have been at work since the first time.
    ///
    /// The chain's own plan comes last.
    func plansLocked(_ attempt: MigrationAttempt) async throws(MigrationFailure) -> [MigrationPlan] {
        let rows = try await rowsLocked()
        do throws(DatabaseError) {
            let plan = try MigrationPlan(chain, current: rows, attempt.direction, to: attempt.target)
            try await checkNobodyRequires(plan) { (other) throws(DatabaseError) in
                let isPresent = attempt.presentChains.contains { $0.name == other.chain.name }
                return isPresent ? try await other.versionTable.rows(on: connection) : []
            }
            return try await prerequisites(of: plan) { (other) throws(DatabaseError) in
                do throws(MigrationFailure) {
                    return try await other.rowsLocked()
                } catch {
                    throw error.cause
                }
            } + [plan]
        } catch {
            throw MigrationFailure(error, at: nil)
        }
    }

    /// The rows of the version table, which is made unless it is there, without those that others include.
    private func rowsLocked() async throws(MigrationFailure) -> [Revision] {
        try await create(versionTable.definition)
        var rows = try await at("the reading of the version table '\(chain.versionTable)'") {
            () throws(DatabaseError) in try await versionTable.rows(on: connection)
        }
        for row in chain.includedRows(of: rows) {
            try await at("the end of the row '\(row)' of '\(chain.versionTable)', which another one includes") {
                () throws(DatabaseError) in try await versionTable.record(.delete(row), on: connection)
            }
            rows.removeAll { $0 == row }
        }
        return rows
    }

    private func finish(
        _ plan: MigrationPlan,
        before: [Revision],
        _ steps: [MigrationReport.Step],
        _ observer: (MigrationEvent) -> Void
    ) -> MigrationReport {
        let report = MigrationReport(direction: plan.direction, before: before, after: plan.after, steps: steps)
        logger.debug(
            "the database is at its target",
            metadata: ["chain": "\(chain.name)", "steps": "\(steps.count)", "target": "\(plan.target)"]
        )
        observer(.finished(report))
        return report
    }
}

internal import DialectCore
internal import Logging

extension Migrator {
    func run(
        _ direction: MigrationDirection,
        to target: MigrationTarget,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> MigrationReport {
        // What no lock can protect is refused before anything is asked.
        _ = try MigrationLock(dialect, connection, for: nil)
        let wait = LockWait(clock: clock, timeout: options.lockTimeout)
        // A database that is at its target is left without asking it for a lock, so starting many replicas costs them
        // a read each, and a user who may only read can do it.
        let start = try await wait.retrying { () throws(DatabaseError) in
            try await MigrationStart(self, direction, to: target)
        }
        guard start.hasWork else { return finish(start.plan, before: start.plan.before, [], observer) }

        logger.debug("waiting for the migration lock", metadata: ["chain": "\(chain.name)"])
        observer(.waitingForLock)
        var attempt = MigrationAttempt(direction, to: target, mayBeHalfBuilt: start.hasVersionTable)
        var pending = start.plan
        while true {
            switch try await run(pending, &attempt, wait, observer) {
            case .success(let plan):
                return finish(plan, before: attempt.before ?? plan.before, attempt.reported, observer)
            case .failure(let failed):
                guard try await goesOn(after: failed, &attempt, wait) else {
                    throw failed.failure.error(chain: chain.name, outcome: failed.outcome)
                }
                logger.debug("another program migrates too", metadata: ["chain": "\(chain.name)"])
                pending = try await wait.retrying { () throws(DatabaseError) in try await plan(direction, to: target) }
            }
        }
    }

    /// Makes one attempt: takes the lock that suits what is pending, and runs what is pending then.
    private func run(
        _ pending: MigrationPlan,
        _ attempt: inout MigrationAttempt,
        _ wait: LockWait,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> Result<MigrationPlan, FailedAttempt> {
        let lock = try MigrationLock(dialect, connection, for: pending)
        return try await rebuildingTables(of: pending) { (rebuilding) throws(DatabaseError) in
            try await wait.retrying(holder: lock.holder) { () throws(DatabaseError) in
                try await lock.attempt(on: connection)
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
            if !attempt.mayBeHalfBuilt {
                attempt.mayBeHalfBuilt = true
                return true
            }
        default: break
        }
        guard let versions = failed.versions else { return false }
        do {
            return try await versionTable.rowsIfPresent(on: connection) ?? [] != versions
        } catch {
            // The failure of the attempt says more.
            return false
        }
    }

    /// Reads the version again: another migrator may have been at work since the first time.
    func planLocked(_ attempt: MigrationAttempt) async throws(MigrationFailure) -> MigrationPlan {
        let rows = try await at("the reading of the version table '\(chain.versionTable)'") {
            () throws(DatabaseError) in try await versionTable.rows(on: connection)
        }
        do {
            return try MigrationPlan(chain, current: rows, attempt.direction, to: attempt.target)
        } catch {
            throw MigrationFailure(error, at: nil)
        }
    }

    /// Makes a table of the migrator's own unless it is there.
    func create(_ table: Table) async throws(MigrationFailure) {
        try await at("the creation of the table '\(table.name)'") { () throws(DatabaseError) in
            for statement in try dialect.statements(for: .createTable(table, ifNotExists: true), in: SchemaModel()) {
                _ = try await connection.execute(statement)
            }
        }
    }

    /// Writes every step in the dialect's words before the first one runs.
    ///
    /// - Throws: `MigrationFailure` also when a step needs what was not prepared before the lock was taken.
    func spelled(
        _ plan: MigrationPlan,
        rebuilding: (any TableRebuilding)? = nil,
        inTransaction: Bool = false
    ) throws(MigrationFailure) -> [SpelledStep] {
        let steps = try spelledWithoutChecks(plan)
        let unprepared = steps.first { step in
            rebuilding == nil && step.rebuildsTable
                || inTransaction && step.statements.contains(where: \.commitsAtOnce)
        }
        if let unprepared { throw MigrationFailure(.isUnprepared, at: "\(unprepared.planned)") }
        return steps
    }

    func spelledWithoutChecks(_ plan: MigrationPlan) throws(MigrationFailure) -> [SpelledStep] {
        var model: SchemaModel
        do { model = try chain.model(at: plan.before) } catch { throw MigrationFailure(error, at: nil) }
        var steps: [SpelledStep] = []
        for step in plan.steps { steps.append(try SpelledStep(step, dialect, &model)) }
        return steps
    }

    /// Runs the steps one after the other, each by `body`, and times and reports them.
    func run(
        _ steps: [SpelledStep],
        _ reported: inout [MigrationReport.Step],
        _ observer: (MigrationEvent) -> Void,
        _ body: (SpelledStep) async throws(MigrationFailure) -> Void
    ) async throws(MigrationFailure) {
        for (index, step) in steps.enumerated() {
            logger.debug(
                "running a migration step",
                metadata: ["chain": "\(chain.name)", "step": "\(step.planned)"]
            )
            observer(.stepStarted(step.planned, number: index + 1, of: steps.count))
            let watch = Stopwatch(clock)
            try await body(step)
            let duration = watch.elapsed
            observer(.stepFinished(step.planned, duration: duration))
            reported.append(.init(revision: step.planned.revision, summary: step.planned.summary, duration: duration))
        }
    }

    /// Runs one statement of a step.
    func run(_ statement: StepStatement) async throws(DatabaseError) {
        // Between statements it is the migrator that has to notice a cancellation.
        guard !Task.isCancelled else { throw .migrationCancelled }
        switch statement.action {
        case .statement(let statement): _ = try await connection.execute(statement)
        case .data(let body): try await body(guarding(connection))
        }
    }

    func recordVersion(of step: SpelledStep) async throws(MigrationFailure) {
        for change in step.planned.versionChanges {
            try await at("\(step.planned), the record of its version") { () throws(DatabaseError) in
                try await versionTable.record(change, on: connection)
            }
        }
    }

    /// Rolls back; returns the error if that fails.
    ///
    /// A connection does not cancel its rollback, so this runs to its end in a cancelled task too.
    func rollBack() async -> DatabaseError? {
        do {
            try await connection.rollBack()
            return nil
        } catch {
            return error
        }
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

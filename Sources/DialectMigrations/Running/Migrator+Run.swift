internal import DialectCore
internal import Logging

extension Migrator {
    func run(
        _ direction: MigrationDirection,
        to target: MigrationTarget,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> MigrationReport {
        let lock = try MigrationLock(chain, dialect, connection)
        let wait = LockWait(clock: clock, timeout: options.lockTimeout)
        // A database that is at its target is left without asking it for a lock, so starting many replicas costs them
        // one read each, and a user who may only read can do it.
        let pending = try await wait.retrying { () throws(DatabaseError) in try await self.plan(direction, to: target) }
        guard !pending.isEmpty else { return finish(pending, [], observer) }

        logger.debug("waiting for the migration lock", metadata: ["chain": "\(chain.name)"])
        observer(.waitingForLock)
        let (plan, steps) = try await rebuildingTables(of: pending) { (rebuilding) throws(DatabaseError) in
            try await wait.retrying { () throws(DatabaseError) in try await lock.attempt(on: connection) }
            return switch lock {
            case .exclusiveTransaction, .transaction:
                try await runInOneTransaction(direction, to: target, rebuilding, observer)
            case .session: try await runStepByStep(lock, direction, to: target, observer)
            }
        }
        return finish(plan, steps, observer)
    }

    func createVersionTable() async throws(MigrationFailure) {
        try await at("the creation of the version table '\(chain.versionTable)'") { () throws(DatabaseError) in
            let creation = SchemaOperation.createTable(versionTable.definition, ifNotExists: true)
            for statement in try dialect.statements(for: creation, in: SchemaModel()) {
                _ = try await connection.execute(statement)
            }
        }
    }

    /// Reads the version again: another migrator may have been at work since the first time.
    func planLocked(
        _ direction: MigrationDirection,
        to target: MigrationTarget
    ) async throws(MigrationFailure) -> MigrationPlan {
        let rows = try await at("the reading of the version table '\(chain.versionTable)'") {
            () throws(DatabaseError) in try await versionTable.rows(on: connection)
        }
        do {
            return try MigrationPlan(chain, current: rows, direction, to: target)
        } catch {
            throw MigrationFailure(error, at: nil)
        }
    }

    /// Writes every step in the dialect's words before the first one runs.
    ///
    /// - Throws: `MigrationFailure` also when a table is to be made anew and the foreign keys are not suspended.
    func spelled(
        _ plan: MigrationPlan,
        rebuilding: (any TableRebuilding)? = nil
    ) throws(MigrationFailure) -> [SpelledStep] {
        let steps = try spelledWithoutChecks(plan)
        if rebuilding == nil, let step = steps.first(where: \.rebuildsTable) {
            throw MigrationFailure(.foreignKeysAreNotSuspended, at: "\(step.planned)")
        }
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
        _ observer: (MigrationEvent) -> Void,
        _ body: (SpelledStep) async throws(MigrationFailure) -> Void
    ) async throws(MigrationFailure) -> [MigrationReport.Step] {
        var reported: [MigrationReport.Step] = []
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
        return reported
    }

    /// Runs the operation of a step at a position from 0.
    func run(_ step: SpelledStep, operation index: Int) async throws(MigrationFailure) {
        try await at(step.place(of: index)) { () throws(DatabaseError) in
            // Between operations it is the migrator that has to notice a cancellation.
            guard !Task.isCancelled else { throw .migrationCancelled }
            switch step.operations[index].action {
            case .schema(let statements):
                let kept = try await statementsKeeping(step.operations[index].rebuild)
                for statement in statements + kept { _ = try await connection.execute(statement) }
            case .statement(let statement): _ = try await connection.execute(statement)
            case .data(let body): try await body(guarding(connection))
            }
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
        _ steps: [MigrationReport.Step],
        _ observer: (MigrationEvent) -> Void
    ) -> MigrationReport {
        let report = MigrationReport(direction: plan.direction, before: plan.before, after: plan.after, steps: steps)
        logger.debug(
            "the database is at its target",
            metadata: ["chain": "\(chain.name)", "steps": "\(steps.count)", "target": "\(plan.target)"]
        )
        observer(.finished(report))
        return report
    }
}

internal import DialectCore
internal import Logging

extension Migrator {
    func run(
        _ direction: MigrationDirection,
        to target: MigrationTarget,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> MigrationReport {
        try requireLock()
        let wait = LockWait(clock: clock, timeout: options.lockTimeout)
        // A database that is at its target is left without asking it for a lock, so starting many replicas costs them
        // one read each, and a user who may only read can do it.
        let pending = try await wait.retrying { () throws(DatabaseError) in try await plan(direction, to: target) }
        guard !pending.isEmpty else { return finish(pending, [], observer) }

        logger.debug("waiting for the migration lock", metadata: ["chain": "\(chain.name)"])
        observer(.waitingForLock)
        try await wait.retrying { () throws(DatabaseError) in try await connection.begin(.readWrite) }
        do {
            let (plan, steps) = try await runLocked(direction, to: target, observer)
            return finish(plan, steps, observer)
        } catch {
            throw error.error(chain: chain.name, rollback: await rollBack())
        }
    }

    /// Runs what is pending in the open transaction and commits.
    private func runLocked(
        _ direction: MigrationDirection,
        to target: MigrationTarget,
        _ observer: (MigrationEvent) -> Void
    ) async throws(MigrationFailure) -> (MigrationPlan, [MigrationReport.Step]) {
        try await createVersionTable()
        let plan = try await planLocked(direction, to: target)
        var spelled: [SpelledStep] = []
        for step in plan.steps { spelled.append(try SpelledStep(step, dialect)) }
        var steps: [MigrationReport.Step] = []
        for (index, step) in spelled.enumerated() {
            observer(.stepStarted(step.planned, number: index + 1, of: spelled.count))
            let duration = try await run(step)
            observer(.stepFinished(step.planned, duration: duration))
            steps.append(.init(revision: step.planned.revision, summary: step.planned.summary, duration: duration))
        }
        try await at("the commit") { () throws(DatabaseError) in try await connection.commit() }
        return (plan, steps)
    }

    private func createVersionTable() async throws(MigrationFailure) {
        try await at("the creation of the version table '\(chain.versionTable)'") { () throws(DatabaseError) in
            for statement in try dialect.statements(for: .createTable(versionTable.definition, ifNotExists: true)) {
                _ = try await connection.execute(statement)
            }
        }
    }

    /// Reads the version again: another migrator may have been at work since the first time.
    private func planLocked(
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

    /// Runs one step and records its version; returns how long that took.
    private func run(_ step: SpelledStep) async throws(MigrationFailure) -> Duration {
        logger.debug(
            "running a migration step",
            metadata: ["chain": "\(chain.name)", "step": "\(step.planned)"]
        )
        let watch = Stopwatch(clock)
        let count = step.operations.count
        for (index, operation) in step.operations.enumerated() {
            try await at("\(step.planned), operation \(index + 1) of \(count) (\(operation.summary))") {
                () throws(DatabaseError) in try await run(operation.action)
            }
        }
        for change in step.planned.versionChanges {
            try await at("\(step.planned), the record of its version") { () throws(DatabaseError) in
                try await versionTable.record(change, on: connection)
            }
        }
        return watch.elapsed
    }

    private func run(_ action: SpelledStep.Action) async throws(DatabaseError) {
        // Between operations it is the migrator that has to notice a cancellation.
        guard !Task.isCancelled else { throw .migrationCancelled }
        switch action {
        case .statements(let statements):
            for statement in statements { _ = try await connection.execute(statement) }
        case .data(let body):
            try await body(guarding(connection))
        }
    }

    /// Rolls back; returns the error if that fails.
    ///
    /// A connection does not cancel its rollback, so this runs to its end in a cancelled task too.
    private func rollBack() async -> DatabaseError? {
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

    private func requireLock() throws(DatabaseError) {
        let missing = [DialectFeature.exclusiveWriteTransactions, .transactionalDDL].filter {
            !dialect.features.contains($0)
        }
        guard !missing.isEmpty else { return }
        throw DatabaseError(
            .unsupportedFeature,
            "The dialect '\(type(of: dialect).name)' does not declare \(missing.map(\.name).joined(separator: " and ")), "
                + "without which two migrators could run at once or half a migration could stay. Nothing was run. "
                + "Use a database whose dialect declares it."
        )
    }
}

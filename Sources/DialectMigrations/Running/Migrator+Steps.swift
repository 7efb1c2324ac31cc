internal import DialectCore
internal import Logging

// What a migration is made of, whichever way it runs.
extension Migrator {
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
}

internal import DialectCore

extension Migrator {
    /// Runs what is pending in the open transaction and commits, or rolls everything back.
    func runInOneTransaction(
        _ attempt: inout MigrationAttempt,
        _ rebuilding: (any TableRebuilding)?,
        _ observer: (MigrationEvent) -> Void
    ) async throws(FailedAttempt) -> [MigrationPlan] {
        var versions: ChainVersions?
        do throws(MigrationFailure) {
            let plans = try await plansLocked(attempt)
            versions = plans.last.map { ChainVersions(chain: chain, rows: $0.before) }
            attempt.reported = []
            var numbers = StepNumbers(plans)
            try await run(plans) { (migrator, plan) throws(MigrationFailure) in
                try await migrator.runInTransaction(plan, &attempt, &numbers, rebuilding, observer)
            }
            if let rebuilding {
                try await at("the check before the commit") { () throws(DatabaseError) in
                    try await rebuilding.checkRebuiltTables()
                }
            }
            try await at("the commit") { () throws(DatabaseError) in try await connection.commit() }
            return plans
        } catch {
            let rollback = await rollBack()
            throw FailedAttempt(failure: error, outcome: outcome(of: error, rollback: rollback), versions: versions)
        }
    }

    /// Runs a plan of this chain in the open transaction.
    private func runInTransaction(
        _ plan: MigrationPlan,
        _ attempt: inout MigrationAttempt,
        _ numbers: inout StepNumbers,
        _ rebuilding: (any TableRebuilding)?,
        _ observer: (MigrationEvent) -> Void
    ) async throws(MigrationFailure) {
        guard !plan.isEmpty else { return }
        if chain.keepsJournal {
            try await create(journal.definition)
            // Only steps that make indexes while others write can be left in the middle here.
            if dialect.features.contains(.concurrentIndexes) { _ = try await unfinishedStep(for: plan) }
        }
        var done = attempt.surprise == nil ? 0 : try await doneOperations(ofFirstStepOf: plan, after: attempt.surprise)
        let steps = try spelled(plan, rebuilding: rebuilding, inTransaction: true)
        try await checkForeignTables(of: plan)
        try await run(steps, &numbers, &attempt.reported, observer) { (step) throws(MigrationFailure) in
            for index in done..<step.operations.count { try await run(step, operation: index) }
            done = 0
            try await recordVersion(of: step)
            if chain.keepsJournal { try await noteInJournal(step) }
        }
    }

    /// Runs the operation of a step at a position from 0.
    private func run(_ step: SpelledStep, operation index: Int) async throws(MigrationFailure) {
        try await at(step.place(of: index)) { () throws(DatabaseError) in
            let kept = try await statementsKeeping(step.operations[index].rebuild)
            for statement in step.statements where statement.operation == index { try await run(statement) }
            for statement in kept { _ = try await connection.execute(statement) }
        }
    }

    /// Keeps the statements of an applied step, and forgets those of one that was undone.
    private func noteInJournal(_ step: SpelledStep) async throws(MigrationFailure) {
        try await at("\(step.planned), its rows in '\(journal.name)'") { () throws(DatabaseError) in
            switch step.planned.direction {
            case .upgrade: try await journal.note(step, on: connection) { _ in .applied }
            case .downgrade: try await journal.forget(step.planned.revision, on: connection)
            }
        }
    }

    private func outcome(of failure: MigrationFailure, rollback: DatabaseError?) -> String {
        if failure.cause.code == .commitOutcomeUnknown {
            "Either every step was applied or none: run the migration again, which reads the version first."
        } else if let rollback {
            "The rollback failed as well (\(rollback)), so the session is broken and the database ends the "
                + "transaction by itself: nothing was changed."
        } else {
            "Everything was rolled back: nothing was changed."
        }
    }
}

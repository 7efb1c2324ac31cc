internal import DialectCore

extension Migrator {
    /// Runs what is pending in the open transaction and commits, or rolls everything back.
    func runInOneTransaction(
        _ attempt: inout MigrationAttempt,
        _ observer: (MigrationEvent) -> Void
    ) async throws(FailedAttempt) -> MigrationPlan {
        var versions: [Revision]?
        do throws(MigrationFailure) {
            try await create(versionTable.definition)
            let plan = try await planLocked(attempt)
            versions = plan.before
            if chain.keepsJournal, !plan.isEmpty { try await create(journal.definition) }
            attempt.reported = []
            var done = attempt.mayBeHalfBuilt ? try await doneOperations(ofFirstStepOf: plan) : 0
            try await run(spelled(plan), &attempt.reported, observer) { (step) throws(MigrationFailure) in
                for statement in step.statements where statement.operation >= done {
                    try await at(step.place(of: statement.operation)) { () throws(DatabaseError) in
                        try await run(statement)
                    }
                }
                done = 0
                try await recordVersion(of: step)
                if chain.keepsJournal { try await noteInJournal(step) }
            }
            try await at("the commit") { () throws(DatabaseError) in try await connection.commit() }
            return plan
        } catch {
            let rollback = await rollBack()
            throw FailedAttempt(failure: error, outcome: outcome(of: error, rollback: rollback), versions: versions)
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

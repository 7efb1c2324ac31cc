internal import DialectCore

extension Migrator {
    /// Runs what is pending in the open transaction and commits, or rolls everything back.
    func runInOneTransaction(
        _ direction: MigrationDirection,
        to target: MigrationTarget,
        _ rebuilding: (any TableRebuilding)?,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> (MigrationPlan, [MigrationReport.Step]) {
        do throws(MigrationFailure) {
            try await createVersionTable()
            let plan = try await planLocked(direction, to: target)
            let steps = try await run(spelled(plan, rebuilding: rebuilding), observer) {
                (step) throws(MigrationFailure) in
                for index in step.operations.indices { try await run(step, operation: index) }
                try await recordVersion(of: step)
            }
            if let rebuilding {
                try await at("the check before the commit") { () throws(DatabaseError) in
                    try await rebuilding.checkRebuiltTables()
                }
            }
            try await at("the commit") { () throws(DatabaseError) in try await connection.commit() }
            return (plan, steps)
        } catch {
            let rollback = await rollBack()
            throw error.error(chain: chain.name, outcome: outcome(of: error, rollback: rollback))
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

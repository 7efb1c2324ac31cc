internal import DialectCore
internal import Logging

extension Migrator {
    /// Runs what is pending step by step under the session's lock, and gives the lock back whatever happens.
    func runStepByStep(
        _ lock: MigrationLock,
        _ direction: MigrationDirection,
        to target: MigrationTarget,
        _ observer: (MigrationEvent) -> Void
    ) async throws(DatabaseError) -> (MigrationPlan, [MigrationReport.Step]) {
        var progress = StepProgress()
        do throws(MigrationFailure) {
            try await createVersionTable()
            let plan = try await planLocked(direction, to: target)
            let steps = try await run(spelled(plan), observer) { (step) throws(MigrationFailure) in
                progress.start(step)
                try await runByItself(step, &progress)
                progress.finish()
            }
            await release(lock)
            return (plan, steps)
        } catch {
            await release(lock)
            throw error.error(chain: chain.name, outcome: progress.outcome(of: error))
        }
    }

    /// Runs one step of a database that commits schema operations at once.
    ///
    /// What follows the last schema operation shares a transaction with the record of the version; a data operation
    /// before it has one of its own.
    private func runByItself(_ step: SpelledStep, _ progress: inout StepProgress) async throws(MigrationFailure) {
        let tail = step.operations.lastIndex { $0.action.isSchemaChange }.map { $0 + 1 } ?? 0
        for index in 0..<tail {
            switch step.operations[index].action {
            case .schema, .statement: try await run(step, operation: index)
            case .data:
                try await inTransaction(at: step.place(of: index)) { () throws(MigrationFailure) in
                    try await run(step, operation: index)
                }
            }
            progress.completed = index + 1
        }
        try await inTransaction(at: "\(step.planned), the record of its version") { () throws(MigrationFailure) in
            for index in tail..<step.operations.count { try await run(step, operation: index) }
            try await recordVersion(of: step)
        }
    }

    private func inTransaction(
        at place: String,
        _ body: () async throws(MigrationFailure) -> Void
    ) async throws(MigrationFailure) {
        try await at(place) { () throws(DatabaseError) in try await connection.begin(.readWrite) }
        do throws(MigrationFailure) {
            try await body()
            try await at(place) { () throws(DatabaseError) in try await connection.commit() }
        } catch {
            _ = await rollBack()
            throw error
        }
    }

    func release(_ lock: MigrationLock) async {
        do throws(DatabaseError) {
            try await lock.release()
        } catch {
            // The work is done or its own error is thrown; the session's reset or end gives the lock back.
            logger.debug("the migration lock was not given back", metadata: ["error": "\(error)"])
        }
    }
}

internal import DialectCore
internal import Logging

extension Migrator {
    /// Runs what is pending step by step under the session's lock, and gives the lock back whatever happens.
    func runStepByStep(
        _ lock: MigrationLock,
        _ attempt: inout MigrationAttempt,
        _ observer: (MigrationEvent) -> Void
    ) async throws(FailedAttempt) -> [MigrationPlan] {
        var progress = StepProgress(after: attempt.reported)
        do throws(MigrationFailure) {
            let plans = try await plansLocked(attempt)
            if attempt.before == nil { attempt.before = plans.last?.before }
            var numbers = StepNumbers(plans)
            try await run(plans) { (migrator, plan) throws(MigrationFailure) in
                progress.versions = ChainVersions(chain: plan.chain, rows: plan.before)
                try await migrator.runStepByStep(plan, &attempt, &numbers, &progress, observer)
            }
            await release(lock)
            return plans
        } catch {
            await release(lock)
            throw FailedAttempt(failure: error, outcome: progress.outcome(of: error), versions: progress.versions)
        }
    }

    /// Runs a plan of this chain under the session's lock.
    private func runStepByStep(
        _ plan: MigrationPlan,
        _ attempt: inout MigrationAttempt,
        _ numbers: inout StepNumbers,
        _ progress: inout StepProgress,
        _ observer: (MigrationEvent) -> Void
    ) async throws(MigrationFailure) {
        do throws(MigrationFailure) {
            var unfinished = try await unfinishedStep(for: plan)
            if !plan.isEmpty { try await create(journal.definition) }
            var mayBeHalfBuilt = (attempt.mayBeHalfBuilt(chain) || attempt.surprise != nil) && unfinished == nil
            let steps = try spelled(plan)
            try await checkForeignTables(of: plan)
            try await run(steps, &numbers, &attempt.reported, observer) { (step) throws(MigrationFailure) in
                progress.start(step)
                let versions = progress.versions?.rows ?? plan.before
                let done = mayBeHalfBuilt ? try await doneOperations(ofFirstStepOf: plan, after: attempt.surprise) : 0
                let next = try await begin(step, unfinished, done: done, from: versions)
                (unfinished, mayBeHalfBuilt) = (nil, false)
                try await runByItself(step, from: next, versions, &progress)
                progress.finish()
            }
            try await at("the end of the journal '\(journal.name)'") { () throws(DatabaseError) in
                try await clearJournal()
            }
        } catch {
            await note(error, of: progress.current?.planned)
            throw error
        }
    }

    /// Runs one step of a database that commits schema operations at once, from a statement on.
    ///
    /// A statement that the database commits at once is marked after it was done. One that changes rows shares a
    /// transaction with its mark, and what follows the last of the former with the record of the version. So only a
    /// statement that is committed at once can be left unmarked and done.
    private func runByItself(
        _ step: SpelledStep,
        from next: Int,
        _ versions: [Revision],
        _ progress: inout StepProgress
    ) async throws(MigrationFailure) {
        let statements = step.statements
        let tail = max(next, statements.lastIndex(where: \.commitsAtOnce).map { $0 + 1 } ?? 0)
        var index = next
        while index < tail {
            progress.completed = statements[index].operation
            index = try await runNext(index, of: step, versions)
        }
        progress.completed = tail < statements.count ? statements[tail].operation : step.operations.count
        try await end(step, statements[tail...], versions)
    }

    /// Runs the statement at a position from 0, with those that are done together with it; returns the position after them.
    private func runNext(
        _ index: Int,
        of step: SpelledStep,
        _ versions: [Revision]
    ) async throws(MigrationFailure) -> Int {
        if let group = step.groups.first(where: { $0.positions.lowerBound == index }),
            try await runAtOnce(group, of: step)
        {
            return group.positions.upperBound
        }
        let statement = step.statements[index]
        if statement.commitsAtOnce {
            try await runAtOnce(index, of: step, from: versions)
        } else {
            try await inTransaction(at: step.place(of: statement.operation)) { () throws(DatabaseError) in
                try await run(statement)
                try await journal.mark(index..<(index + 1), of: step.planned, on: connection)
            }
        }
        return index + 1
    }

    /// Runs the rest of a step in one transaction with the record of its version.
    private func end(
        _ step: SpelledStep,
        _ rest: ArraySlice<StepStatement>,
        _ versions: [Revision]
    ) async throws(MigrationFailure) {
        let place = "\(step.planned), the record of its version"
        try await at(place) { () throws(DatabaseError) in try await connection.begin(.readWrite) }
        do throws(MigrationFailure) {
            try await at(place) { () throws(DatabaseError) in try await versionTable.hold(versions, on: connection) }
            for statement in rest {
                try await at(step.place(of: statement.operation)) { () throws(DatabaseError) in
                    try await run(statement)
                }
            }
            try await recordVersion(of: step)
            try await at(place) { () throws(DatabaseError) in
                if chain.keepsJournal, step.planned.direction == .upgrade {
                    try await journal.markApplied(step.planned, on: connection)
                } else {
                    try await journal.forget(step.planned.revision, on: connection)
                }
                try await connection.commit()
            }
        } catch {
            _ = await rollBack()
            throw error
        }
    }

    func inTransaction(
        at place: String,
        _ body: () async throws(DatabaseError) -> Void
    ) async throws(MigrationFailure) {
        try await at(place) { () throws(DatabaseError) in
            try await connection.begin(.readWrite)
            do throws(DatabaseError) {
                try await body()
                try await connection.commit()
            } catch {
                _ = await rollBack()
                throw error
            }
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

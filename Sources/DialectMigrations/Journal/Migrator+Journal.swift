internal import DialectCore
internal import Logging

// The journal where the database commits schema operations at once.
extension Migrator {
    /// Makes the journal where there is something to note, and finds in it the step that was begun and not finished.
    func prepareJournal(for plan: MigrationPlan) async throws(MigrationFailure) -> UnfinishedStep? {
        let place = "the reading of the journal '\(journal.name)'"
        let (exists, unfinished) = try await at(place) { () throws(DatabaseError) in
            let rows = try await journal.rowsIfPresent(on: connection)
            return (rows != nil, try UnfinishedStep(rows ?? [], chain, versions: plan.before))
        }
        if let unfinished, !unfinished.isFirst(of: plan) {
            throw MigrationFailure(unfinished.refusal(journal.name), at: nil)
        }
        if !exists, !plan.isEmpty { try await create(journal.definition) }
        return unfinished
    }

    /// Finds the first statement of a step that is left to do, and notes all of them.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - unfinished: What the journal has of it.
    ///   - done: How many of its operations are done, when the journal has nothing.
    ///   - versions: The rows of the version table before it.
    func begin(
        _ step: SpelledStep,
        _ unfinished: UnfinishedStep?,
        done: Int,
        from versions: [Revision]
    ) async throws(MigrationFailure) -> Int {
        let next =
            if let unfinished {
                try await firstUndone(of: step, unfinished, from: versions)
            } else {
                step.statements.firstIndex { $0.operation >= done } ?? step.statements.count
            }
        try await inTransaction(at: "\(step.planned), its rows in '\(journal.name)'") { () throws(DatabaseError) in
            try await journal.note(step, on: connection) { $0 < next ? .done : .pending }
        }
        return next
    }

    /// Runs the statement at a position from 0, which the database commits at once, and marks it.
    ///
    /// What somebody else did meanwhile counts as done.
    func runAtOnce(
        _ index: Int,
        of step: SpelledStep,
        from versions: [Revision]
    ) async throws(MigrationFailure) {
        let statement = step.statements[index]
        let place = step.place(of: statement.operation)
        do throws(MigrationFailure) {
            try await at(place) { () throws(DatabaseError) in try await run(statement) }
        } catch {
            guard [.duplicateObject, .undefinedObject].contains(error.cause.code),
                case .done = try await outcome(of: statement, of: step.planned, from: versions)
            else { throw error }
        }
        do {
            try await journal.mark(index, of: step.planned, on: connection)
        } catch {
            throw MigrationFailure(error, at: "\(place), its mark in '\(journal.name)'", leavesDoubt: true)
        }
    }

    /// After a failure, notes that the statements which are not marked were not done, if that is certain.
    func note(_ failure: MigrationFailure, of step: PlannedStep) async {
        guard !failure.leavesDoubt else { return }
        do throws(DatabaseError) {
            try await journal.forgetPending(of: step, on: connection)
        } catch {
            // The next migrator asks the catalog instead.
            logger.debug("the journal could not be written", metadata: ["error": "\(error)"])
        }
    }

    /// Drops the journal of a chain that keeps none, when no step is left unfinished in it.
    func clearJournal() async throws(MigrationFailure) {
        guard !chain.keepsJournal else { return }
        try await at("the end of the journal '\(journal.name)'") { () throws(DatabaseError) in
            guard let rows = try await journal.rowsIfPresent(on: connection) else { return }
            let versions = try await versionTable.rows(on: connection)
            guard try UnfinishedStep(rows, chain, versions: versions) == nil else { return }
            for statement in try dialect.statements(for: .dropTable(journal.name)) {
                _ = try await connection.execute(statement)
            }
        }
    }

    /// Asks the catalog where the journal does not say whether a statement was done.
    private func firstUndone(
        of step: SpelledStep,
        _ unfinished: UnfinishedStep,
        from versions: [Revision]
    ) async throws(MigrationFailure) -> Int {
        let statements = step.statements
        let found: UnfinishedStep.Next
        do {
            found = try unfinished.next(of: statements.map(\.record))
        } catch {
            throw MigrationFailure(advised(error, on: step.planned), at: "\(step.planned)")
        }
        guard case .unknown(let next) = found, statements[next].mayCommitAtOnce else { return found.position }
        let operation = statements[next].operation
        switch try await outcome(of: statements[next], of: step.planned, from: versions) {
        case .done: return statements.firstIndex { $0.operation > operation } ?? statements.count
        case .notDone where statements[next].part == 0: return next
        case .notDone: throw unclear("it takes several statements", at: operation, of: step)
        case .unclear(let reason): throw unclear(reason, at: operation, of: step)
        }
    }

    private func outcome(
        of statement: StepStatement,
        of step: PlannedStep,
        from versions: [Revision]
    ) async throws(MigrationFailure) -> StepShapes.Outcome {
        try await shapes(of: step, from: versions)?.outcome(ofOperation: statement.operation)
            ?? .unclear("this database cannot be asked what is there")
    }

    private func unclear(_ reason: String, at operation: Int, of step: SpelledStep) -> MigrationFailure {
        let error = DatabaseError(
            .invalidMigration,
            "A migrator ended while it was at work here, and whether it was done cannot be told: \(reason). The statements "
                + "are in '\(journal.name)'"
        )
        return MigrationFailure(advised(error, on: step.planned), at: step.place(of: operation))
    }
}

extension UnfinishedStep.Next {
    fileprivate var position: Int {
        switch self {
        case .notDone(let position), .unknown(let position): position
        }
    }
}

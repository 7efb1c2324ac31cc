internal import DialectCore
internal import Logging

// The journal where the database commits schema operations at once.
extension Migrator {
    /// Finds the step that was begun and not finished, with which a plan has to begin.
    ///
    /// - Throws: `MigrationFailure` when the plan begins with another one.
    func unfinishedStep(for plan: MigrationPlan) async throws(MigrationFailure) -> UnfinishedStep? {
        let unfinished = try await at("the reading of the journal '\(journal.name)'") { () throws(DatabaseError) in
            let rows = try await journal.rowsIfPresent(on: connection) ?? []
            return try UnfinishedStep(rows, chain, versions: plan.before)
        }
        if let unfinished, !unfinished.isFirst(of: plan) {
            throw MigrationFailure(unfinished.refusal(journal.name), at: nil)
        }
        return unfinished
    }

    /// Finds the first statement of a step that is left to do, and notes all of them.
    ///
    /// When the journal has nothing of the step, its first `done` operations are done.
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
            guard [.duplicateObject, .undefinedObject].contains(error.cause.code) else { throw error }
            switch try await outcome(of: statement, of: step.planned, from: versions) {
            case .done: break
            case .notDone where error.cause.code == .duplicateObject: try await remake(statement, of: step, error)
            case .notDone, .unclear: throw error
            }
        }
        try await mark(index..<(index + 1), of: step, at: place)
    }

    /// Runs the one statement of a group and marks all that it stands for; false when it has to be done one by one,
    /// because somebody else has begun with it.
    func runAtOnce(_ group: StatementGroup, of step: SpelledStep) async throws(MigrationFailure) -> Bool {
        let place = step.place(of: group)
        do throws(MigrationFailure) {
            try await at(place) { () throws(DatabaseError) in try await run(group.statement) }
        } catch {
            guard error.cause.code == .duplicateObject else { throw error }
            return false
        }
        try await mark(group.positions, of: step, at: place)
        return true
    }

    private func mark(
        _ positions: Range<Int>,
        of step: SpelledStep,
        at place: String
    ) async throws(MigrationFailure) {
        do {
            try await journal.mark(positions, of: step.planned, on: connection)
        } catch {
            throw MigrationFailure(error, at: "\(place), its mark in '\(journal.name)'", leavesDoubt: true)
        }
    }

    /// Makes an index again that was being made while others wrote: what is left of the first attempt is of no use, and has
    /// its name.
    private func remake(
        _ statement: StepStatement,
        of step: SpelledStep,
        _ failure: MigrationFailure
    ) async throws(MigrationFailure) {
        guard case .createIndex(let index, true)? = step.planned.operations[statement.operation].schema else {
            throw failure
        }
        try await at(step.place(of: statement.operation)) { () throws(DatabaseError) in
            let removal = SchemaOperation.dropIndex(index.name, on: index.table, concurrently: true)
            for statement in try dialect.statements(for: removal, in: SchemaModel()) {
                _ = try await connection.execute(statement)
            }
            try await run(statement)
        }
    }

    /// After a failure, notes that the statements which are not marked were not done, if that is certain.
    func note(_ failure: MigrationFailure, of step: PlannedStep?) async {
        do throws(DatabaseError) {
            guard !failure.leavesDoubt else { return }
            if let step { try await journal.forgetPending(of: step, on: connection) }
            try await clearJournal()
        } catch {
            // The next migrator asks the catalog instead.
            logger.debug("the journal could not be written", metadata: ["error": "\(error)"])
        }
    }

    /// Drops the journal of a chain that keeps none, when no step is left unfinished in it.
    func clearJournal() async throws(DatabaseError) {
        guard !chain.keepsJournal, let rows = try await journal.rowsIfPresent(on: connection) else { return }
        let versions = try await versionTable.rows(on: connection)
        guard try UnfinishedStep(rows, chain, versions: versions) == nil else { return }
        for statement in try dialect.statements(for: .dropTable(journal.name), in: SchemaModel()) {
            _ = try await connection.execute(statement)
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
        guard case .unknown(let next) = found, statements[next].commitsAtOnce else { return found.position }
        let operation = statements[next].operation
        // Run again it does no harm, and removes what the first attempt left.
        if step.planned.operations[operation].schema?.isConcurrent == true, statements[next].part == 0 { return next }
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

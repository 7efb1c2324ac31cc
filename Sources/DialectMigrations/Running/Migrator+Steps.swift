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

    /// Runs each of several plans by `body`, which gets the migrator of its chain.
    func run(
        _ plans: [MigrationPlan],
        _ body: (Migrator, MigrationPlan) async throws(MigrationFailure) -> Void
    ) async throws(MigrationFailure) {
        for plan in plans {
            do throws(MigrationFailure) {
                let suited = try await at("the look at the tables of '\(plan.chain.name)'") {
                    () throws(DatabaseError) in
                    try await migrator(for: plan.chain).suiting(plan)
                }
                try await body(suited, plan)
            } catch {
                guard plan.chain.name != chain.name, let place = error.place else { throw error }
                let words = "\(place) of '\(plan.chain.name)', which it requires"
                throw MigrationFailure(error.cause, at: words, leavesDoubt: error.leavesDoubt)
            }
        }
    }

    /// Runs the steps of a plan one after the other, each by `body`, and times and reports them.
    func run(
        _ steps: [SpelledStep],
        _ numbers: inout StepNumbers,
        _ reported: inout [MigrationReport.Step],
        _ observer: (MigrationEvent) -> Void,
        _ body: (SpelledStep) async throws(MigrationFailure) -> Void
    ) async throws(MigrationFailure) {
        for step in steps {
            logger.debug(
                "running a migration step",
                metadata: ["chain": "\(chain.name)", "step": "\(step.planned)"]
            )
            observer(.stepStarted(step.planned, number: numbers.next(), of: numbers.count))
            let watch = Stopwatch(clock)
            try await body(step)
            let duration = watch.elapsed
            observer(.stepFinished(step.planned, duration: duration))
            reported.append(.init(step.planned, duration: duration))
        }
    }

    /// Runs one statement of a step.
    func run(_ statement: StepStatement) async throws(DatabaseError) {
        switch statement.action {
        case .statement(let statement): try await run(statement)
        case .data(let body):
            guard !Task.isCancelled else { throw .migrationCancelled }
            try await body(guarding(connection))
        }
    }

    func run(_ statement: Statement) async throws(DatabaseError) {
        // Between statements it is the migrator that has to notice a cancellation.
        guard !Task.isCancelled else { throw .migrationCancelled }
        try await connection.execute(statement)
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

/// The numbers of the steps of several plans.
struct StepNumbers: Sendable {
    let count: Int
    private var last = 0

    init(_ plans: [MigrationPlan]) { count = plans.map(\.steps.count).reduce(0, +) }

    mutating func next() -> Int {
        last += 1
        return last
    }
}

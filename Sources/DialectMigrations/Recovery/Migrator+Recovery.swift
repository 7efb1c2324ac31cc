internal import DialectCore

extension Migrator {
    /// How many operations of the plan's first step are in the database already, although it is not recorded.
    ///
    /// A tool without a journal leaves that where schema operations are committed at once, and so does a copy by hand.
    ///
    /// - Throws: `MigrationFailure` when the objects do not tell it; the failure of the attempt before when that one missed an
    ///   object, which says more.
    func doneOperations(
        ofFirstStepOf plan: MigrationPlan,
        after surprise: MigrationFailure?
    ) async throws(MigrationFailure) -> Int {
        guard let step = plan.steps.first else { return 0 }
        let shapes = try await shapes(of: step, from: plan.before)
        do throws(DatabaseError) {
            return try shapes?.doneOperations() ?? 0
        } catch {
            if let surprise, surprise.cause.code == .undefinedObject { throw surprise }
            throw MigrationFailure(advised(error, on: step), at: "\(step)")
        }
    }

    /// Compares what a step makes with what there is; nil when the database cannot describe itself.
    func shapes(of step: PlannedStep, from versions: [Revision]) async throws(MigrationFailure) -> StepShapes? {
        guard dialect.features.contains(.schemaReflection), let reflecting = connection as? any SchemaReflecting
        else { return nil }
        let schemas = Set(step.operations.compactMap(\.schema).flatMap(\.objects).map(\.table.schema))
        return try await at("\(step), the look at what is there") { () throws(DatabaseError) in
            let live = try await reflecting.reflect(schemas)
            return StepShapes(step, from: try chain.model(at: versions), live: live, dialect)
        }
    }

    /// The error with what to do about a step that nobody but an operator can complete.
    func advised(_ error: DatabaseError, on step: PlannedStep) -> DatabaseError {
        let (done, undone) = step.direction == .upgrade ? ("stamp", "undo") : ("stamp the revision before", "restore")
        var advised = error
        advised.message =
            "\(error.message). Look at the database: either complete the step by hand and \(done) '\(step.revision)', or "
            + "\(undone) by hand what is there of it, stamp the revision that the database is at, and run the migration "
            + "again."
        return advised
    }
}

internal import DialectCore

/// What a step's objects look like after each of its operations, to tell from a live schema how far the step has come.
struct StepShapes {
    /// How far an operation has come whose outcome is not known.
    enum Outcome: Hashable {
        case done
        case notDone
        /// The object is neither as before nor as after the operation; says which and how.
        case unclear(String)
    }

    private let operations: [MigrationOperation]
    /// The models before the first operation and after each.
    private let models: [SchemaModel]
    private let likeness: SchemaLikeness

    /// - Parameters:
    ///   - step: The step.
    ///   - model: The schema before the step, as far as it is known.
    ///   - live: The schema that the database has now.
    ///   - dialect: The dialect, whose types are compared by their spelling.
    init(_ step: PlannedStep, from model: SchemaModel, live: SchemaModel, _ dialect: any Dialect) {
        operations = step.operations
        likeness = SchemaLikeness(live: live, dialect: dialect)
        var model = model.completed(for: step.operations, from: live)
        var models = [model]
        for operation in step.operations {
            model.follow([operation])
            models.append(model)
        }
        self.models = models
    }

    /// Whether the operation at a position from 0 is done, when those before it are.
    func outcome(ofOperation index: Int) -> Outcome {
        guard let objects = operations[index].visibleChange?.objects else {
            return .unclear("nothing in the catalog tells it")
        }
        guard let difference = difference(of: objects, after: index + 1) else { return .done }
        return self.difference(of: objects, after: index) == nil ? .notDone : .unclear(difference)
    }

    /// How many operations from the first are done, when nothing was noted of them.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration` when the objects are not as they are after any of them, or
    ///   when a statement or data operation may have been run that nothing tells of.
    func doneOperations() throws(DatabaseError) -> Int {
        let objects = operations.flatMap { $0.visibleChange?.objects ?? [] }
        let candidates = models.indices.filter { difference(of: objects, after: $0) == nil }
        // Before the step the objects may have any form, so that one is believed first when it fits exactly.
        if objects.allSatisfy({ likeness.difference(of: $0, from: models[0]) == nil }) { return 0 }
        guard var done = candidates.last else { throw conflict(over: objects) }
        while done > 0, operations[done - 1].visibleChange == nil { done -= 1 }
        if let index = operations[..<done].firstIndex(where: { $0.visibleChange == nil }) {
            throw DatabaseError(
                .invalidMigration,
                "Its first \(done) operations seem to be done, but nothing in the catalog tells whether operation \(index + 1) "
                    + "is"
            )
        }
        return done
    }

    /// The first difference between the live objects and those after a number of operations.
    ///
    /// An object that none of these operations made has any form that it may have had before the step.
    private func difference(of objects: [SchemaObject], after count: Int) -> String? {
        let made = Set(operations[..<count].compactMap { $0.schema?.madeObject })
        for object in objects {
            let isAsked = made.contains(object) || likeness.live.has(object) != models[count].has(object)
            if isAsked, let difference = likeness.difference(of: object, from: models[count]) {
                return "\(object) \(difference)"
            }
        }
        return nil
    }

    /// The difference to what fits best: the most objects, and of these the most operations.
    private func conflict(over objects: [SchemaObject]) -> DatabaseError {
        let fits = models.indices.map { count in objects.count { difference(of: [$0], after: count) == nil } }
        let best = fits.lastIndex(of: fits.max() ?? 0) ?? 0
        let closest = difference(of: objects, after: best) ?? "its objects are in disorder"
        return DatabaseError(
            .invalidMigration,
            "A part of it is in the database already, and differs from what the step makes: \(closest)",
            table: objects.first?.table.name
        )
    }
}

extension MigrationOperation {
    var schema: SchemaOperation? {
        if case .schema(let operation) = self { operation } else { nil }
    }

    /// The schema operation of which the catalog tells whether it was done.
    fileprivate var visibleChange: SchemaOperation? { schema.flatMap { $0.isVisible ? $0 : nil } }
}

extension SchemaModel {
    /// The model with the live tables that it lacks and operations change, without what these operations add to them.
    ///
    /// Such tables were made by statements that say nothing to the model.
    fileprivate func completed(for operations: [MigrationOperation], from live: SchemaModel) -> SchemaModel {
        let operations = operations.compactMap(\.schema)
        let made = Set(operations.compactMap(\.madeObject))
        let newNames = Set(operations.compactMap(\.newTableName))
        var model = self
        for name in operations.flatMap(\.objects).map(\.table) where !newNames.contains(name) {
            guard var table = live.table(name) else { continue }
            table.columns.removeAll { made.contains(.column($0.name, of: name)) }
            guard model.add(table) else { continue }
            model.indexes += live.indexes.filter { $0.table == name && !made.contains(.index($0.name, on: name)) }
        }
        return model
    }
}

internal import DialectCore

/// A planned step in the words of a dialect.
///
/// Every step is spelled before the first one runs, so what a dialect cannot do is known before anything is changed.
struct SpelledStep: Sendable {
    struct Operation: Sendable {
        /// What the operation does, in words that are safe to show.
        let summary: String
        /// The table that its statements make anew, if they do.
        let rebuild: TableRebuild?
    }

    let planned: PlannedStep
    let operations: [Operation]
    /// What the operations come down to, in order.
    let statements: [StepStatement]
    /// The statements that the database does sooner together.
    let groups: [StatementGroup]

    /// Spells a step for the schema before it, and makes of that the schema after it.
    ///
    /// - Throws: `MigrationFailure` when the dialect cannot do one of the operations.
    init(_ step: PlannedStep, _ dialect: any Dialect, _ model: inout SchemaModel) throws(MigrationFailure) {
        planned = step
        var operations: [Operation] = []
        var statements: [StepStatement] = []
        for (index, operation) in step.operations.enumerated() {
            do {
                operations.append(try Operation(operation, dialect, model))
                statements += try StepStatement.all(of: operation, at: index, dialect, model)
                model.follow([operation])
            } catch {
                throw MigrationFailure(error, at: "\(step), operation \(index + 1) of \(step.operations.count)")
            }
        }
        self.operations = operations
        self.statements = statements
        do {
            groups = try StatementGroup.all(in: statements, of: step, dialect)
        } catch {
            throw MigrationFailure(error, at: "\(step), its tables with their indexes")
        }
    }

    /// The operation at a position from 0, for errors.
    func place(of index: Int) -> String {
        "\(planned), operation \(index + 1) of \(operations.count) (\(operations[index].summary))"
    }

    /// The operations of a group, for errors.
    func place(of group: StatementGroup) -> String {
        let operations = group.positions.map { statements[$0].operation }
        let first = operations[0]
        return
            "\(planned), operations \(first + 1) to \(operations[operations.count - 1] + 1) of \(self.operations.count) "
            + "(\(self.operations[first].summary), with its indexes)"
    }
}

extension SpelledStep.Operation {
    fileprivate init(
        _ operation: MigrationOperation,
        _ dialect: any Dialect,
        _ model: SchemaModel
    ) throws(DatabaseError) {
        switch operation {
        case .schema(let schema): self.init(summary: schema.summary, rebuild: TableRebuild(schema, dialect, model))
        // Its text belongs to the error's statement, not to a message that anybody may see.
        case .statement: self.init(summary: "run a statement", rebuild: nil)
        case .data(let summary, _): self.init(summary: summary, rebuild: nil)
        case .irreversible(let reason):
            // The plan refuses it, so this is a plan that was not made by `MigrationPlan`.
            throw DatabaseError(.invalidMigration, "The operation is irreversible: \(reason).")
        }
    }
}

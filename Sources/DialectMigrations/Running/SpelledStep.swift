internal import DialectCore

/// A planned step in the words of a dialect.
///
/// Every step is spelled before the first one runs, so what a dialect cannot do is known before anything is changed.
struct SpelledStep: Sendable {
    enum Action: Sendable {
        case schema([Statement])
        case statement(Statement)
        case data(@Sendable (any Connection) async throws(DatabaseError) -> Void)

        var isSchemaChange: Bool {
            if case .schema = self { true } else { false }
        }
    }

    struct Operation: Sendable {
        /// What the operation does, in words that are safe to show.
        let summary: String
        let action: Action
        /// The table that the statements make anew, if they do.
        var rebuild: TableRebuild?

        /// Whether the database may have done a part of the operation when it fails.
        var takesSeveralStatements: Bool {
            if case .schema(let statements) = action { statements.count > 1 } else { false }
        }
    }

    let planned: PlannedStep
    let operations: [Operation]

    /// Spells a step for the schema before it, and makes of that the schema after it.
    ///
    /// - Throws: `MigrationFailure` when the dialect cannot do one of the operations.
    init(_ step: PlannedStep, _ dialect: any Dialect, _ model: inout SchemaModel) throws(MigrationFailure) {
        planned = step
        var operations: [Operation] = []
        for (index, operation) in step.operations.enumerated() {
            do {
                operations.append(try Operation(operation, dialect, model))
                model.follow([operation])
            } catch {
                throw MigrationFailure(error, at: "\(step), operation \(index + 1) of \(step.operations.count)")
            }
        }
        self.operations = operations
    }

    /// The operation at a position from 0, for errors.
    func place(of index: Int) -> String {
        "\(planned), operation \(index + 1) of \(operations.count) (\(operations[index].summary))"
    }
}

extension SpelledStep.Operation {
    init(_ operation: MigrationOperation, _ dialect: any Dialect, _ model: SchemaModel) throws(DatabaseError) {
        switch operation {
        case .schema(let schema):
            summary = schema.summary
            action = .schema(try dialect.statements(for: schema, in: model))
            rebuild = TableRebuild(schema, dialect, model)
        case .statement(let statement):
            // Its text belongs to the error's statement, not to a message that anybody may see.
            summary = "run a statement"
            action = .statement(statement)
        case .data(let words, let body):
            summary = words
            action = .data(body)
        case .irreversible(let reason):
            // The plan refuses it, so this is a plan that was not made by `MigrationPlan`.
            throw DatabaseError(.invalidMigration, "The operation is irreversible: \(reason).")
        }
    }
}

internal import DialectCore

/// One statement of a step, or one data operation: what the journal has a row for.
struct StepStatement: Sendable {
    enum Action: Sendable {
        case statement(Statement)
        case data(@Sendable (any Connection) async throws(DatabaseError) -> Void)
    }

    /// What the statement changes, as far as a migrator knows.
    enum Effect: Sendable, Hashable {
        /// Rows at most, so it takes part in a transaction everywhere.
        case rows
        /// The schema, as its operation says.
        case schema
        /// Rows or the schema: a statement of the step's own.
        case unknown
    }

    let action: Action
    let effect: Effect
    let record: StatementRecord
    /// The position of the operation that it belongs to, from 0.
    let operation: Int
    /// Its position among the statements of its operation, from 0.
    let part: Int

    /// Whether a database without `transactionalDDL` may commit it at once, with all that is open.
    var mayCommitAtOnce: Bool { effect != .rows }
}

extension SpelledStep.Operation {
    /// The statements of the operation, which is at a position from 0.
    func statements(_ dialect: any Dialect, at index: Int) throws(DatabaseError) -> [StepStatement] {
        switch action {
        case .schema(let statements):
            var all: [StepStatement] = []
            for statement in statements {
                all.append(try StepStatement(statement, .schema, dialect, index, part: all.count))
            }
            return all
        case .statement(let statement):
            return [try StepStatement(statement, statement.onlyChangesRows ? .rows : .unknown, dialect, index)]
        case .data(let body):
            let record = StatementRecord(dataOperation: summary)
            return [StepStatement(action: .data(body), effect: .rows, record: record, operation: index, part: 0)]
        }
    }
}

extension StepStatement {
    fileprivate init(
        _ statement: Statement,
        _ effect: Effect,
        _ dialect: any Dialect,
        _ operation: Int,
        part: Int = 0
    ) throws(DatabaseError) {
        self.init(
            action: .statement(statement),
            effect: effect,
            record: try StatementRecord(statement, dialect),
            operation: operation,
            part: part
        )
    }
}

extension Statement {
    /// The words with which statements begin that change rows or nothing.
    private static let wordsOfRowChanges: Set<String> = [
        "DELETE", "INSERT", "MERGE", "REPLACE", "SELECT", "SET", "UPDATE", "VALUES", "WITH",
    ]

    /// Whether the statement is known to change rows at most.
    fileprivate var onlyChangesRows: Bool {
        let word = description.drop(while: \.isWhitespace).prefix(while: \.isLetter)
        return Self.wordsOfRowChanges.contains(word.uppercased())
    }
}

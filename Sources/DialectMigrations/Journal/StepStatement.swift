internal import DialectCore

/// One statement of a step, or one data operation: what the journal has a row for.
struct StepStatement: Sendable {
    enum Action: Sendable {
        case statement(Statement)
        case data(@Sendable (any Connection) async throws(DatabaseError) -> Void)
    }

    let action: Action
    let record: StatementRecord
    /// The position of the operation that it belongs to, from 0.
    let operation: Int
    /// Its position among the statements of its operation, from 0.
    var part = 0
    /// Whether the database may commit it at once, with all that is open, or cannot run it inside a transaction.
    let commitsAtOnce: Bool
}

extension StepStatement {
    /// The statements of the operation at a position from 0 of its step, for the schema before it.
    static func all(
        of operation: MigrationOperation,
        at index: Int,
        _ dialect: any Dialect,
        _ model: SchemaModel
    ) throws(DatabaseError) -> [StepStatement] {
        let isTransactional = dialect.features.contains(.transactionalDDL)
        switch operation {
        case .schema(let schema):
            let isConcurrent = schema.isConcurrent && dialect.features.contains(.concurrentIndexes)
            var all: [StepStatement] = []
            for statement in try dialect.statements(for: schema, in: model) {
                all.append(
                    StepStatement(
                        action: .statement(statement),
                        record: try StatementRecord(statement, dialect),
                        operation: index,
                        part: all.count,
                        commitsAtOnce: isConcurrent || !isTransactional
                    )
                )
            }
            return all
        case .statement(let statement):
            return [
                StepStatement(
                    action: .statement(statement),
                    record: try StatementRecord(statement, dialect),
                    operation: index,
                    commitsAtOnce: !isTransactional && !statement.onlyChangesRows
                )
            ]
        case .data(let summary, let body):
            let record = StatementRecord(dataOperation: summary)
            return [StepStatement(action: .data(body), record: record, operation: index, commitsAtOnce: false)]
        case .irreversible: return []
        }
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

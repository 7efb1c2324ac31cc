internal import DialectCore

/// Writes operations as the client of a database reads them.
struct ScriptWriter {
    private let dialect: any Dialect
    /// The schema before the next operation.
    private var model: SchemaModel
    private var text = ""
    private var makesTableAnew = false

    init(dialect: any Dialect, model: SchemaModel) {
        self.dialect = dialect
        self.model = model
    }

    /// What was written, in a transaction where that undoes schema operations too.
    func script() throws(DatabaseError) -> String {
        guard dialect.features.contains(.transactionalDDL) else { return text }
        let transaction = "BEGIN;\n\n\(text)COMMIT;\n"
        guard makesTableAnew, let planning = dialect as? any RebuildPlanning else { return transaction }
        var (before, after) = (
            ScriptWriter(dialect: dialect, model: model), ScriptWriter(dialect: dialect, model: model)
        )
        for statement in planning.statementsBeforeRebuilds { try before.write(statement) }
        for statement in planning.statementsAfterRebuilds { try after.write(statement) }
        return "\(before.text)\(transaction)\n\(after.text)"
    }

    mutating func comment(_ words: String) {
        text += "-- \(words.split(whereSeparator: \.isNewline).joined(separator: " "))\n\n"
    }

    mutating func write(_ operation: MigrationOperation, of step: PlannedStep) throws(DatabaseError) {
        switch operation {
        case .schema(let schema):
            try write(schema)
            model.follow([operation])
        case .statement(let statement): try write(statement)
        case .data(let summary, _):
            throw DatabaseError(
                .unsupportedFeature,
                "The \(step) runs code (\(summary)), which cannot be written as SQL. Choose a range without this step, or "
                    + "run the migration itself."
            )
        // A plan has none.
        case .irreversible: break
        }
    }

    mutating func write(_ operation: SchemaOperation) throws(DatabaseError) {
        let planning = dialect as? any RebuildPlanning
        if planning?.rebuiltTable(by: operation, in: model) != nil { makesTableAnew = true }
        let features = dialect.features
        let isOutside = operation.isConcurrent && features.isSuperset(of: [.concurrentIndexes, .transactionalDDL])
        if isOutside { text += "COMMIT;\n\n" }
        for statement in try dialect.statements(for: operation, in: model) { try write(statement) }
        if isOutside { text += "BEGIN;\n\n" }
    }

    mutating func write(_ statement: Statement) throws(DatabaseError) {
        var sql = try statement.script(for: dialect)[...]
        while let last = sql.last, last == ";" || last.isWhitespace { sql.removeLast() }
        text += "\(sql);\n\n"
    }
}

internal import DialectCore

/// Statements of a step that follow each other, and the one statement that does the work of all of them.
///
/// The journal has a row for each of them all the same, so that a database is completed by the same statements whether
/// another tool, or a migrator that was killed, has left it before a group, behind it or in its middle.
struct StatementGroup: Sendable {
    /// The statements' positions in their step, from 0.
    let positions: Range<Int>
    let statement: Statement

    /// Finds each table that is made with its indexes next, where the database would commit one by one.
    static func all(
        in statements: [StepStatement],
        of step: PlannedStep,
        _ dialect: any Dialect
    ) throws(DatabaseError) -> [StatementGroup] {
        guard let dialect = dialect as? any InlineIndexing else { return [] }
        var groups: [StatementGroup] = []
        for (position, operation) in step.operations.enumerated() {
            guard case .createTable(let table, ifNotExists: false)? = operation.schema else { continue }
            let indexes = step.operations[(position + 1)...].map { $0.index(of: table) }.prefix { $0 != nil }
                .compactMap(\.self)
            let operations = position...(position + indexes.count)
            let positions = statements.indices.filter { operations.contains(statements[$0].operation) }
            guard !indexes.isEmpty, positions.allSatisfy({ statements[$0].commitsAtOnce }) else { continue }
            let statement = try dialect.statement(creating: table, with: indexes)
            groups.append(
                StatementGroup(positions: positions[0]..<(positions[0] + positions.count), statement: statement)
            )
        }
        return groups
    }
}

extension MigrationOperation {
    /// The index that the operation gives a table, if it does.
    fileprivate func index(of table: Table) -> Index? {
        guard case .createIndex(let index, _)? = schema, index.table == table.name else { return nil }
        return index
    }
}

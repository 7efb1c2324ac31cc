internal import DialectCore

extension MigrationChain {
    /// Refuses a step that would change a table of somebody else.
    ///
    /// A table is the chain's own when one of its steps makes it by an operation, or says that it adopts it.
    ///
    /// - Throws: `DatabaseError` with code `invalidMigration`.
    func checkOwnership(of step: PlannedStep) throws(DatabaseError) {
        guard let table = step.operations.compactMap(\.schema?.changedTable).first(where: { !ownTables.contains($0) })
        else { return }
        throw DatabaseError(
            .invalidMigration,
            "The \(step) would change the table '\(table)', which no step of the chain '\(name)' creates, so it belongs to "
                + "somebody else. Nothing was changed. If the step has to do it, or a statement made the table, name the "
                + "table in its 'adoptedTables'.",
            table: table.name
        )
    }

    static func ownTables(of graph: RevisionGraph) -> Set<Identifier> {
        var tables: Set<Identifier> = []
        for step in graph.revisions.compactMap(graph.step) {
            tables.formUnion(step.adoptedTables)
            tables.formUnion((step.upgrade + step.downgrade).compactMap(\.schema?.newTableName))
        }
        return tables
    }
}

extension SchemaOperation {
    /// The table that is there before the operation and that it drops or changes.
    fileprivate var changedTable: Identifier? {
        switch self {
        case .createTable: nil
        default: objects.first?.table
        }
    }
}

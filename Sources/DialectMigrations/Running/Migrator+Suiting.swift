internal import DialectCore

// Column types that have to be those of the columns that are there.
extension Migrator {
    /// The migrator with the dialect that suits the tables of a plan, and those that they reference, as the database has them.
    func suiting(_ plan: MigrationPlan) async throws(DatabaseError) -> Migrator {
        guard !plan.isEmpty, let suiting = connection as? any SchemaSuiting else { return self }
        let before = try chain.model(at: plan.before)
        var model = before
        for step in plan.steps { model.follow(step.operations) }
        // What a step drops may have been changed before.
        for table in before.tables where model.table(table.name) == nil { _ = model.add(table) }
        guard let dialect = try await suiting.dialect(suiting: model) else { return self }
        var migrator = self
        migrator.dialect = dialect
        return migrator
    }

    /// The table with the types as native ones that the session by itself would spell otherwise.
    func spelled(_ table: Table) throws(DatabaseError) -> Table {
        guard let session = (connection as? any DialectRefining)?.refinedDialect else { return table }
        var table = table
        for (index, column) in table.columns.enumerated() {
            let spelling = try dialect.spelling(of: column.type)
            if try session.spelling(of: column.type) != spelling { table.columns[index].type = .native(spelling) }
        }
        return table
    }
}

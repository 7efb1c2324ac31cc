internal import DialectCore

// Foreign keys to tables that the chain does not make itself, such as those of another chain.
extension Migrator {
    /// Compares the columns of new foreign keys with the tables of others that they reference, before anything is sent.
    ///
    /// A model has such a table as a stub only, and says nothing of what the database really has.
    ///
    /// - Throws: `MigrationFailure` with code `undefinedObject` when a table or column is not there, and
    ///   `invalidMigration` when a column would not suit the one that it references.
    func checkForeignTables(of plan: MigrationPlan) async throws(MigrationFailure) {
        guard dialect.features.contains(.schemaReflection), let reflecting = connection as? any SchemaReflecting
        else { return }
        var model: SchemaModel
        do { model = try chain.model(at: plan.before) } catch { throw MigrationFailure(error, at: nil) }
        // What a statement or code makes is not known before it has run.
        var mayMakeTables = false
        for step in plan.steps {
            for operation in step.operations {
                guard let schema = operation.schema else {
                    mayMakeTables = true
                    continue
                }
                for (key, table) in schema.newForeignKeys(in: model) where model.table(key.table) == nil {
                    let obstacle = try await at("\(step)") { () throws(DatabaseError) in
                        try await reflecting.obstacle(to: key, of: spelled(table))
                    }
                    if let obstacle, !(mayMakeTables && obstacle.isAbsence) {
                        throw MigrationFailure(obstacle.refusal(of: key, of: table), at: "\(step)")
                    }
                }
                model.follow([operation])
            }
        }
    }
}

extension SchemaOperation {
    /// The foreign keys that the operation makes to other tables, each with its table as far as it is known.
    fileprivate func newForeignKeys(in model: SchemaModel) -> [(ForeignKey, Table)] {
        switch self {
        case .createTable(let table, _):
            table.foreignKeys.filter { $0.table != table.name }.map { ($0, table) }
        case .addConstraint(.foreignKey(let key), let name) where key.table != name:
            [(key, model.table(name) ?? Table(name, columns: []))]
        default: []
        }
    }
}

extension ForeignKeyObstacle {
    /// Whether something is not there.
    fileprivate var isAbsence: Bool {
        switch self {
        case .missingTable, .missingColumn: true
        case .mismatch: false
        }
    }

    fileprivate func refusal(of key: ForeignKey, of table: Table) -> DatabaseError {
        let place = "The foreign key (\(key.columns.joined(separator: ", "))) of '\(table.name)' references"
        switch self {
        case .missingTable:
            return DatabaseError(
                .undefinedObject,
                "\(place) the table '\(key.table)', which the database does not have. Run the migrations first that make "
                    + "it, or have the step require them.",
                table: key.table.name
            )
        case .missingColumn(let column):
            return DatabaseError(
                .undefinedObject,
                "\(place) the column '\(column)' of '\(key.table)', which the table does not have. Correct the foreign key, "
                    + "or run the migrations first that make the column.",
                table: key.table.name
            )
        case .mismatch(let column, let form, let referencedColumn, let referencedForm):
            return DatabaseError(
                .invalidMigration,
                "\(place) '\(key.table).\(referencedColumn)', which is \(referencedForm), and '\(column)' would be \(form). "
                    + "Give the column the form of the other, with a native type where no other says it.",
                table: table.name.name
            )
        }
    }
}

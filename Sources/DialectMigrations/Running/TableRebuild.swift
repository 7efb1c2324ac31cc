internal import DialectCore
internal import Logging

/// A table that the statements of an operation make anew, and the schema before it.
struct TableRebuild: Sendable {
    let table: Identifier
    let model: SchemaModel

    init?(_ operation: SchemaOperation, _ dialect: any Dialect, _ model: SchemaModel) {
        guard let planning = dialect as? any RebuildPlanning,
            let table = planning.rebuiltTable(by: operation, in: model)
        else { return nil }
        self.table = table
        self.model = model
    }
}

extension SpelledStep {
    /// Whether one of the operations makes a table anew.
    var rebuildsTable: Bool { operations.contains { $0.rebuild != nil } }
}

extension Migrator {
    /// Runs `body`, which begins and ends a transaction, and hands it the connection with its foreign keys suspended when
    /// one of the plans makes a table anew.
    ///
    /// They are resumed whatever happens, also in a cancelled task.
    func rebuildingTables<Result>(
        of plans: [MigrationPlan],
        _ body: ((any TableRebuilding)?) async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        // What cannot be spelled is reported under the lock.
        let isRebuilding =
            dialect is any RebuildPlanning
            && plans.contains { plan in
                (try? migrator(for: plan.chain).spelledWithoutChecks(plan))?.contains(where: \.rebuildsTable) == true
            }
        guard isRebuilding else { return try await body(nil) }
        guard let rebuilding = connection as? any TableRebuilding else { throw .cannotSuspendForeignKeys }
        try await rebuilding.suspendForeignKeys()
        do {
            let result = try await body(rebuilding)
            await resumeForeignKeys(rebuilding)
            return result
        } catch {
            await resumeForeignKeys(rebuilding)
            throw error
        }
    }

    private func resumeForeignKeys(_ rebuilding: any TableRebuilding) async {
        do throws(DatabaseError) {
            try await rebuilding.resumeForeignKeys()
        } catch {
            // The migration's own outcome stands; the session's reset or end has them enforced again.
            logger.debug("the foreign keys were not resumed", metadata: ["error": "\(error)"])
        }
    }

    /// The statements that bring back what goes with the old table and the model has no words for.
    func statementsKeeping(_ rebuild: TableRebuild?) async throws(DatabaseError) -> [Statement] {
        guard let rebuild else { return [] }
        guard let rebuilding = connection as? any TableRebuilding else { throw .cannotSuspendForeignKeys }
        return try await rebuilding.statementsKeeping(rebuild.table, in: rebuild.model)
    }
}

extension DatabaseError {
    fileprivate static let cannotSuspendForeignKeys = DatabaseError(
        .unsupportedFeature,
        "The dialect makes tables anew, but the connection does not conform to TableRebuilding, so their rows' children "
            + "would be lost. Nothing was run. Hand the dialect's own connection, or the engine's, to the migrator."
    )

    /// Another migrator changed the version after this one had planned.
    static let isUnprepared = DatabaseError(
        .serializationFailure,
        "The step makes a table anew, or an index while others write, which was not planned before the lock was taken: "
            + "another migrator has changed the version meanwhile. Run the migration again."
    )
}

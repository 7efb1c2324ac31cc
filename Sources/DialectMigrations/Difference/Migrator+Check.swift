public import DialectCore

/// What sets a database apart from the chain that it is migrated by and from the model that it should follow.
public struct SchemaCheck: Sendable {
    /// The steps that an upgrade to every head would apply.
    public let pending: [PlannedStep]
    /// The applied steps that have changed since, of which the journal has kept the SQL.
    public let changed: [ChangedStep]
    /// What leads from the database to the model.
    public let difference: SchemaDifference

    /// Whether the database is at its newest revision, by the steps as they are now, and equals its model.
    public var isClean: Bool { pending.isEmpty && changed.isEmpty && difference.isEmpty }
}

extension Migrator {
    /// Compares the database with a model; changes nothing.
    ///
    /// Without a model it is compared with what the chain's applied steps describe. The tables of the model's schemas are
    /// read, each schema if `includeName` includes it. The chain's version table and journal are not looked at.
    ///
    /// - Throws: `DatabaseError`, with code `unsupportedFeature` when the dialect does not declare `schemaReflection`, and
    ///   `invalidMigration` when the database has a revision that the chain does not know.
    public func check(
        against model: SchemaModel? = nil,
        filters: MigrationFilters = MigrationFilters()
    ) async throws(DatabaseError) -> SchemaCheck {
        let rows = try await current()
        let pending = try MigrationPlan(chain, current: rows, .upgrade, to: .heads).steps
        let target = if let model { model } else { try chain.model(at: rows) }
        return SchemaCheck(
            pending: pending,
            changed: try await changedSteps(),
            difference: try await difference(to: target, filters: filters)
        )
    }

    /// What leads from the database to a model; changes nothing.
    ///
    /// - Throws: `DatabaseError` as `check(against:filters:)` does.
    public func difference(
        to model: SchemaModel,
        filters: MigrationFilters = MigrationFilters()
    ) async throws(DatabaseError) -> SchemaDifference {
        try SchemaDifference(
            from: try await reflect(model, filters),
            to: model,
            dialect: dialect,
            filters: filters.combined(with: .hiding([chain.versionTable.name, chain.journalTable.name]))
        )
    }

    /// The schemas that a model is about, as the database has them.
    private func reflect(
        _ model: SchemaModel,
        _ filters: MigrationFilters
    ) async throws(DatabaseError) -> SchemaModel {
        guard let reflecting = connection as? any SchemaReflecting else {
            throw DatabaseError(
                .unsupportedFeature,
                "The dialect '\(type(of: dialect).name)' cannot read a schema back, so it cannot be compared with a model."
            )
        }
        let schemas = model.tables.isEmpty ? [nil] : Set(model.tables.map(\.name.schema))
        return try await reflecting.reflect(schemas.filter { filters.includeName($0, .schema) })
    }
}

extension SchemaReflecting {
    /// Reads several schemas as one model, in the order of their names.
    func reflect(_ schemas: Set<String?>) async throws(DatabaseError) -> SchemaModel {
        var model = SchemaModel()
        for schema in schemas.sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
            let reflected = try await reflectSchema(schema)
            for table in reflected.tables { model.add(table) }
            model.indexes += reflected.indexes
        }
        return model
    }
}

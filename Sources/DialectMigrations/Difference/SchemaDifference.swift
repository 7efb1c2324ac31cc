public import DialectCore

/// What has to be done to one schema so that it becomes another.
///
/// Only what a database can tell counts. Types are compared as the dialect spells them, and defaults, conditions and
/// expressions by their meaning as far as their text shows it; where the dialect conforms to `SchemaNormalizing`, it has a
/// say in both. A name that one of the two leaves open is that of the other, a unique constraint equals a unique index,
/// primary keys are compared without their names, and the order of columns is no difference.
///
/// What a new step can be made of: see `StepSource`.
public struct SchemaDifference: Sendable, Hashable {
    /// The operations in an order in which they can run; none where there is no difference.
    ///
    /// A foreign key that is added to a table and has no name gets that of its table and columns and `_fkey`, since not every
    /// database lets one be dropped that nobody has named.
    ///
    /// Constraints and indexes go before the columns and tables that they are on, and referencing tables before those that
    /// they reference; what is new comes the other way round. Foreign keys that go in a circle come last.
    public let operations: [SchemaOperation]

    /// The operations that lead back, in an order in which they can run.
    ///
    /// They bring back what the database had, without the rows that were in it.
    public let reverseOperations: [SchemaOperation]

    /// Whether there is no difference.
    public var isEmpty: Bool { operations.isEmpty }

    /// Compares what a database has with what it should have.
    ///
    /// The filters are asked as Alembic asks them: `includeName` about each table, column, index and constraint of
    /// `database` alone, which is otherwise taken as not there, and `includeObject` about each that is in either, before
    /// anything becomes of it. The constraints of a new table come with it without being asked about.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` when the dialect has no spelling for a type.
    public init(
        from database: SchemaModel,
        to model: SchemaModel,
        dialect: any Dialect,
        filters: MigrationFilters = MigrationFilters()
    ) throws(DatabaseError) {
        let comparison = SchemaComparison(dialect: dialect, filters: filters)
        let visible = filters.visible(in: database)
        operations = try comparison.operations(from: visible, to: model).map(\.withNameToDropItBy)
        reverseOperations =
            operations.isEmpty ? [] : try comparison.operations(from: model, to: visible)
    }
}

extension MigrationFilters {
    /// What a comparison sees of a database.
    fileprivate func visible(in database: SchemaModel) -> SchemaModel {
        var visible = SchemaModel()
        for var table in database.tables where includeName(table.name.name, .table) {
            table.columns.removeAll { !includeName($0.name, .column) }
            table.uniqueConstraints.removeAll { !includeName($0.name, .uniqueConstraint) }
            table.foreignKeys.removeAll { !includeName($0.name, .foreignKeyConstraint) }
            table.checkConstraints.removeAll { !includeName($0.name, .checkConstraint) }
            visible.add(table)
        }
        visible.indexes = database.indexes.filter { includeName($0.name, .index) }
        return visible
    }
}

extension SchemaOperation {
    /// The operation with a name for a foreign key that has none.
    fileprivate var withNameToDropItBy: SchemaOperation {
        guard case .addConstraint(.foreignKey(var key), let table) = self, key.name == nil else { return self }
        key.name = "\(([table.name] + key.columns).joined(separator: "_"))_fkey"
        return .addConstraint(.foreignKey(key), to: table)
    }
}

public import DialectCore

/// A chain with what its database should look like: what the migration commands work on.
public struct ManagedSchema: Sendable {
    /// The steps.
    public var chain: MigrationChain
    /// What the database should have; nil for what the steps of the chain describe.
    public var model: SchemaModel?
    /// What of the database, and of the model, belongs to the chain.
    public var filters: MigrationFilters

    /// Makes a managed schema.
    public init(
        _ chain: MigrationChain,
        model: SchemaModel? = nil,
        filters: MigrationFilters = MigrationFilters()
    ) {
        self.chain = chain
        self.model = model
        self.filters = filters
    }
}

/// The tables and indexes that a database has or should have.
public struct SchemaModel: Sendable, Hashable {
    /// The tables, in the order in which they were added.
    public private(set) var tables: [Table] = []
    /// The indexes, in the order in which they were added.
    public var indexes: [Index] = []

    /// Makes an empty model.
    public init() {}

    /// The table with this name.
    public func table(_ name: Identifier) -> Table? { tables.first { $0.name == name } }

    /// Adds a table unless one with its name is there; returns whether it was added.
    @discardableResult
    public mutating func add(_ table: Table) -> Bool {
        guard self.table(table.name) == nil else { return false }
        tables.append(table)
        return true
    }
}

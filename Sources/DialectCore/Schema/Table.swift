/// A table: its columns in physical order and its constraints.
public struct Table: Sendable, Hashable {
    /// The table's name.
    public var name: Identifier
    /// The columns in physical order.
    public var columns: [Column]
    /// The primary key, if there is one.
    public var primaryKey: PrimaryKey?
    /// The unique constraints.
    public var uniqueConstraints: [UniqueConstraint]
    /// The foreign keys.
    public var foreignKeys: [ForeignKey]
    /// The check constraints.
    public var checkConstraints: [CheckConstraint]

    /// Makes a table.
    public init(
        _ name: Identifier,
        columns: [Column],
        primaryKey: PrimaryKey? = nil,
        uniqueConstraints: [UniqueConstraint] = [],
        foreignKeys: [ForeignKey] = [],
        checkConstraints: [CheckConstraint] = []
    ) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.uniqueConstraints = uniqueConstraints
        self.foreignKeys = foreignKeys
        self.checkConstraints = checkConstraints
    }
}

/// A column of a table.
public struct Column: Sendable, Hashable {
    /// The unquoted name.
    public var name: String
    /// The type.
    public var type: ColumnType
    /// Whether the column may be null.
    public var isNullable: Bool
    /// What the database fills in when an INSERT gives no value.
    public var serverDefault: ServerDefault?

    /// Makes a column; without `nullable: true` it must have a value.
    public init(_ name: String, _ type: ColumnType, nullable: Bool = false, default serverDefault: ServerDefault? = nil)
    {
        self.name = name
        self.type = type
        isNullable = nullable
        self.serverDefault = serverDefault
    }
}

/// What the database fills in when an INSERT gives no value.
public enum ServerDefault: Sendable, Hashable {
    /// True or false.
    case boolean(Bool)
    /// An integer.
    case integer(Int64)
    /// Text, which the dialect quotes.
    case text(String)
    /// The time of the statement or transaction, as the database defines it.
    case currentTimestamp
    /// An expression in SQL, sent as it is.
    case expression(unsafe: String)
}

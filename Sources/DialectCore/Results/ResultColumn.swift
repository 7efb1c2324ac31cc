/// A column of a result.
public struct ResultColumn: Sendable, Hashable {
    /// The column's name or alias as the database gives it.
    public let name: String
    /// The type the column was declared with, in the database's own words, where it is a table's column.
    public let declaredType: String?

    /// Makes a column.
    public init(name: String, declaredType: String? = nil) {
        self.name = name
        self.declaredType = declaredType
    }
}

/// An index of a table.
public struct Index: Sendable, Hashable {
    /// A column of an index and its direction.
    public struct Element: Sendable, Hashable, ExpressibleByStringLiteral {
        /// The column's unquoted name.
        public var column: String
        /// Whether the index runs from the greatest value to the least.
        public var isDescending: Bool

        /// Makes an element.
        public init(_ column: String, descending: Bool = false) {
            self.column = column
            isDescending = descending
        }

        /// Makes an ascending element.
        public init(stringLiteral column: String) { self.init(column) }

        /// A descending element.
        public static func descending(_ column: String) -> Element { Element(column, descending: true) }
    }

    /// The index's unquoted name.
    public var name: String
    /// The indexed table.
    public var table: Identifier
    /// The columns, in order.
    public var elements: [Element]
    /// Whether two rows with equal keys are refused.
    public var isUnique: Bool
    /// The condition, in SQL that is sent as it is, of the rows that are indexed; nil for all rows.
    public var condition: String?

    /// Makes an index; the condition of a partial one is SQL text that is sent as it is.
    public init(
        _ name: String,
        on table: Identifier,
        _ elements: [Element],
        unique: Bool = false,
        unsafeCondition condition: String? = nil
    ) {
        self.name = name
        self.table = table
        self.elements = elements
        isUnique = unique
        self.condition = condition
    }
}

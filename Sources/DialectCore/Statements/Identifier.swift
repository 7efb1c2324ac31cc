/// The name of a table, column or other object, optionally in a schema.
///
/// Dialects quote it.
public struct Identifier: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The schema, or nil for the session's own.
    public var schema: String?
    /// The object's name, unquoted.
    public var name: String

    /// Makes an identifier from unquoted names.
    public init(_ name: String, schema: String? = nil) {
        self.schema = schema
        self.name = name
    }

    /// Makes an identifier without a schema.
    public init(stringLiteral name: String) { self.init(name) }

    /// The unquoted name with its schema, for messages; never SQL.
    public var description: String { schema.map { "\($0).\(name)" } ?? name }
}

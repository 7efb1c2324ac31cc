/// The identity of a migration step, as the version table stores it: at most 32 characters.
public struct Revision: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The revision's text.
    public let text: String

    /// Makes a revision.
    public init(_ text: String) { self.text = text }

    /// Makes a revision from a literal.
    public init(stringLiteral text: String) { self.text = text }

    /// The revision's text.
    public var description: String { text }

    /// Orders revisions by their text; the graph's order is another one.
    public static func < (left: Revision, right: Revision) -> Bool { left.text < right.text }
}

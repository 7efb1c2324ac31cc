/// What a cell holds.
///
/// Equal to the cases of `SQLValue`.
public enum CellKind: UInt8, Sendable, Hashable {
    /// No value.
    case null
    /// True or false.
    case bool
    /// A signed integer of 64 bits.
    case integer
    /// An IEEE 754 number of 64 bits.
    case double
    /// A decimal number, kept as its text.
    case decimal
    /// UTF-8 text.
    case text
    /// Any bytes.
    case bytes
    /// The 16 bytes of a UUID.
    case uuid
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    case timestamp
    /// A JSON document as UTF-8 text.
    case json

    /// Whether a cell of this kind holds bytes instead of a number.
    @inlinable public var hasBytes: Bool {
        switch self {
        case .decimal, .text, .bytes, .uuid, .json: true
        case .null, .bool, .integer, .double, .timestamp: false
        }
    }
}

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A value that is bound to a parameter or read from a column.
///
/// Each dialect stores a case in its own way, and either brings it back unchanged or refuses it.
public enum SQLValue: Sendable, Hashable {
    /// No value.
    case null
    /// True or false.
    case bool(Bool)
    /// A signed integer of 64 bits.
    case integer(Int64)
    /// An IEEE 754 number of 64 bits.
    case double(Double)
    /// A decimal number of up to 38 digits.
    case decimal(Decimal)
    /// Unicode text.
    case text(String)
    /// Any bytes.
    case bytes([UInt8])
    /// A UUID.
    case uuid(UUID)
    /// A point in time, in microseconds.
    case timestamp(Timestamp)
    /// A JSON document as UTF-8 text.
    case json(String)
}

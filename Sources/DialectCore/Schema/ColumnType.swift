/// A column's type in portable words.
///
/// Each dialect has a spelling for each, or refuses it.
public enum ColumnType: Sendable, Hashable {
    /// True or false.
    case boolean
    /// A signed integer of 16 bits.
    case smallInteger
    /// A signed integer of 32 bits.
    case integer
    /// A signed integer of 64 bits.
    case bigInteger
    /// An IEEE 754 number of 64 bits.
    case double
    /// A decimal number with `precision` digits, `scale` of them behind the point.
    case decimal(precision: Int, scale: Int)
    /// Text of at most `length` characters.
    case string(length: Int)
    /// Text without a limit of its own.
    case text
    /// Any bytes.
    case bytes
    /// A UUID; 32 hexadecimal digits where the database has no such type.
    case uuid
    /// A point in time with `fractionDigits` digits of a second; nil takes the database's own default.
    case timestamp(fractionDigits: Int? = nil)
    /// A JSON document.
    case json
    /// A type in the database's own words, which ties the schema to that database.
    case native(String)
}

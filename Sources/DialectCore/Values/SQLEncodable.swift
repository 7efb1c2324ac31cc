/// A Swift type whose values can be bound to a statement's parameters.
///
/// Conform an enum or struct with a raw value by naming the protocol; the raw value is bound:
///
///     enum Role: String, SQLEncodable, SQLDecodable { case admin, member }
public protocol SQLEncodable {
    /// The value to bind.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` when no SQL value equals this one.
    func sqlValue() throws(DatabaseError) -> SQLValue
}

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
    /// The raw value.
    ///
    /// - Throws: What binding the raw value throws.
    public func sqlValue() throws(DatabaseError) -> SQLValue { try rawValue.sqlValue() }
}

extension SQLEncodable where Self: FixedWidthInteger {
    /// The value as `integer`.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` for a value above `Int64.max`.
    public func sqlValue() throws(DatabaseError) -> SQLValue {
        guard let integer = Int64(exactly: self) else {
            throw DatabaseError(
                .valueNotRepresentable,
                "\(self) is larger than a 64-bit signed integer; bind it as a Decimal or as text instead."
            )
        }
        return .integer(integer)
    }
}

extension Int: SQLEncodable {}
extension Int8: SQLEncodable {}
extension Int16: SQLEncodable {}
extension Int32: SQLEncodable {}
extension Int64: SQLEncodable {}
extension UInt: SQLEncodable {}
extension UInt8: SQLEncodable {}
extension UInt16: SQLEncodable {}
extension UInt32: SQLEncodable {}
extension UInt64: SQLEncodable {}

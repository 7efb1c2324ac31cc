extension SQLDecodable where Self: FixedWidthInteger {
    /// Reads an integer that fits.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` when the cell holds something else, and with
    ///   `valueOutOfRange` when the integer does not fit this type.
    @inlinable
    public init(from cell: Cell) throws(DatabaseError) {
        guard cell.kind == .integer else { throw cell.mismatch(Self.self) }
        guard let exact = Self(exactly: cell.integerBits) else { throw cell.outOfRange(Self.self) }
        self = exact
    }
}

extension Int: SQLDecodable {}
extension Int8: SQLDecodable {}
extension Int16: SQLDecodable {}
extension Int32: SQLDecodable {}
extension Int64: SQLDecodable {}
extension UInt: SQLDecodable {}
extension UInt8: SQLDecodable {}
extension UInt16: SQLDecodable {}
extension UInt32: SQLDecodable {}
extension UInt64: SQLDecodable {}

/// A Swift type that can be read from a column.
///
/// A conversion never changes a value: what does not fit is an error, not a rounding. Types with a raw value get the
/// requirement for free.
public protocol SQLDecodable {
    /// Reads a cell.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` when the cell is null or holds something else, or with
    ///   `valueOutOfRange` when the value does not fit.
    init(from cell: Cell) throws(DatabaseError)
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    /// Reads the raw value.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` when no case has the raw value.
    public init(from cell: Cell) throws(DatabaseError) {
        guard let value = Self(rawValue: try RawValue(from: cell)) else {
            throw cell.mismatch(Self.self, because: "no case has that raw value")
        }
        self = value
    }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// Reads the wrapped value, or nil from a null.
    ///
    /// - Throws: What reading the wrapped value throws.
    @inlinable
    public init(from cell: Cell) throws(DatabaseError) {
        self = cell.isNull ? nil : try Wrapped(from: cell)
    }
}

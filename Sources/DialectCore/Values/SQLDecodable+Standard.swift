#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension SQLValue: SQLDecodable {
    /// Reads whatever the cell holds.
    public init(from cell: Cell) { self = cell.value }
}

extension Bool: SQLDecodable {
    /// Reads a boolean, or the integers 0 and 1 of databases that have no boolean type.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else.
    @inlinable
    public init(from cell: Cell) throws(DatabaseError) {
        switch (cell.kind, cell.integerBits) {
        case (.bool, let bits): self = bits != 0
        case (.integer, 0): self = false
        case (.integer, 1): self = true
        default: throw cell.mismatch(Self.self)
        }
    }
}

extension Double: SQLDecodable {
    /// Reads a floating-point number, or an integer that a `Double` holds exactly.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else, and with `valueOutOfRange` for an integer
    ///   that would have to be rounded.
    @inlinable
    public init(from cell: Cell) throws(DatabaseError) {
        switch cell.kind {
        case .double: self = cell.double
        case .integer:
            guard let exact = Double(exactly: cell.integerBits) else { throw cell.outOfRange(Self.self) }
            self = exact
        default: throw cell.mismatch(Self.self)
        }
    }
}

extension Float: SQLDecodable {
    /// Reads a number that a `Float` holds exactly, or a NaN.
    ///
    /// - Throws: `DatabaseError` with code `valueOutOfRange` when it would have to be rounded.
    public init(from cell: Cell) throws(DatabaseError) {
        let wide = try Double(from: cell)
        guard let exact = wide.isNaN ? Float.nan : Float(exactly: wide) else {
            throw cell.outOfRange(Self.self)
        }
        self = exact
    }
}

extension String: SQLDecodable {
    /// Reads text, a decimal's digits or a JSON document's text.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else and for text that is not valid UTF-8.
    @inlinable
    public init(from cell: Cell) throws(DatabaseError) {
        switch cell.kind {
        case .text, .decimal, .json:
            guard let text = cell.withBytes({ String(validatingUTF8: $0) }) else {
                throw cell.mismatch(Self.self, because: "it is not valid UTF-8")
            }
            self = text
        default: throw cell.mismatch(Self.self)
        }
    }
}

extension Array: SQLDecodable where Element == UInt8 {
    /// Reads bytes.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else.
    public init(from cell: Cell) throws(DatabaseError) {
        guard cell.kind == .bytes else { throw cell.mismatch(Self.self) }
        self = cell.bytes
    }
}

extension Data: SQLDecodable {
    /// Reads bytes.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else.
    public init(from cell: Cell) throws(DatabaseError) {
        self.init(try [UInt8](from: cell))
    }
}

extension UUID: SQLDecodable {
    /// Reads a native UUID, its text with or without dashes, or its 16 bytes.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else.
    public init(from cell: Cell) throws(DatabaseError) {
        let parsed: UUID? =
            switch cell.kind {
            case .uuid, .bytes: cell.withBytes(UUID.init(sixteenBytes:))
            case .text: cell.withBytes(UUID.init(hexadecimal:))
            default: nil
            }
        guard let parsed else { throw cell.mismatch(Self.self) }
        self = parsed
    }
}

extension Timestamp: SQLDecodable {
    /// Reads a timestamp, or its text as SQL writes it; text without an offset is UTC.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else.
    public init(from cell: Cell) throws(DatabaseError) {
        switch cell.kind {
        case .timestamp: self.init(microsecondsSinceEpoch: cell.integerBits)
        case .text:
            guard let parsed = Timestamp(try String(from: cell)) else { throw cell.mismatch(Self.self) }
            self = parsed
        default: throw cell.mismatch(Self.self)
        }
    }
}

extension Date: SQLDecodable {
    /// Reads a timestamp as the nearest `Date`.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` when the cell holds no timestamp.
    public init(from cell: Cell) throws(DatabaseError) {
        self = try Timestamp(from: cell).date
    }
}

extension URL: SQLDecodable {
    /// Reads text that is a URL.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else.
    public init(from cell: Cell) throws(DatabaseError) {
        guard let url = URL(string: try String(from: cell)) else {
            throw cell.mismatch(Self.self, because: "it is not a URL")
        }
        self = url
    }
}

extension Decimal: SQLDecodable {
    /// Reads a decimal number, its text, or an integer.
    ///
    /// - Throws: `DatabaseError` with code `decodingFailed` for anything else, among it floating-point numbers, and
    ///   with `valueOutOfRange` for more than 38 digits.
    public init(from cell: Cell) throws(DatabaseError) {
        switch cell.kind {
        case .integer: self = Decimal(cell.integerBits)
        case .decimal, .text:
            let text = try String(from: cell)
            guard let parsed = Decimal(exactly: text) else {
                throw DecimalText(text) == nil ? cell.mismatch(Self.self) : cell.outOfRange(Self.self)
            }
            self = parsed
        default: throw cell.mismatch(Self.self)
        }
    }
}

#if PostgreSQL
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Rows in the text format of COPY: a line for each row, a tab between values.
///
/// Text and not binary, because every type of every extension reads its own text.
///
/// https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
struct PostgreSQLCopyText {
    private(set) var bytes: [UInt8] = []
    private let columns: [String]
    private let types: [PostgreSQLType]
    private var rowCount = 0

    init(columns: [String], types: [PostgreSQLType]) {
        self.columns = columns
        self.types = types
    }

    /// Forgets the bytes, which were sent.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends a row.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` or `valueOutOfRange`, naming the row and column.
    mutating func append(_ row: [SQLValue]) throws(DatabaseError) {
        rowCount += 1
        guard row.count == columns.count else {
            throw DatabaseError(
                .valueNotRepresentable,
                "Row \(rowCount) has \(row.count) values for \(columns.count) columns."
            )
        }
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            try append(value, at: index)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ value: SQLValue, at index: Int) throws(DatabaseError) {
        let place = "The value in row \(rowCount) for column '\(columns[index])'"
        let encoded = try PostgreSQLValue(value, as: types[index], at: place)
        switch encoded {
        case .null: append("\\N")
        case .text(let text): append(escaping: text)
        case .bytes(let bytes): append(hexadecimal: bytes)
        case .bool(let value): append(value ? "t" : "f")
        case .uuid(let value): append(value.uuidString)
        case .float4(let value): append(Self.text(of: value))
        case .float8(let value): append(Self.text(of: value))
        case .int2(let value): append(String(value))
        case .int4(let number): try append(value, sentAs: Int64(number), at: place)
        case .int8(let number): try append(value, sentAs: number, at: place)
        }
    }

    /// Times are sent as numbers in binary only.
    private mutating func append(_ value: SQLValue, sentAs number: Int64, at place: String) throws(DatabaseError) {
        switch value {
        case .integer(let integer): append(String(integer))
        case .timestamp(let timestamp):
            guard CivilTime(timestamp).year >= 1 else {
                throw DatabaseError(.valueOutOfRange, "\(place) is a time before the year 1; insert it by a statement.")
            }
            append("\(timestamp)+00")
        default: append(String(number))
        }
    }

    private static func text<Number: BinaryFloatingPoint & CustomStringConvertible>(of value: Number) -> String {
        value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : value.isNaN ? "NaN" : value.description
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(escaping text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            default: bytes.append(byte)
            }
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private mutating func append(hexadecimal value: [UInt8]) {
        bytes.reserveCapacity(bytes.count + 2 * value.count + 3)
        append("\\\\x")
        for byte in value {
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        }
    }
}
#endif

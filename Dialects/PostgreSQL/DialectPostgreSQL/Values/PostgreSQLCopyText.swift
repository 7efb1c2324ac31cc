#if PostgreSQL
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Rows in the text format of COPY: a line for each row, a tab between values.
///
/// For every table: each type of each extension reads its own text.
///
/// https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
struct PostgreSQLCopyText: PostgreSQLCopyRows {
    static let clause = ""

    private(set) var bytes: [UInt8] = []
    private let place: PostgreSQLCopyPlace
    private var rowCount = 0

    init(_ place: PostgreSQLCopyPlace) { self.place = place }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ row: [SQLValue]) throws(DatabaseError) {
        rowCount += 1
        try place.requireWidth(of: row, rowCount)
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            try append(value, at: index)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func appendEnd() {}

    private mutating func append(_ value: SQLValue, at index: Int) throws(DatabaseError) {
        let encoded = try PostgreSQLValue(value, as: place.types[index], at: place.description(rowCount, index))
        switch encoded {
        case .null: append("\\N")
        case .text(let text): append(escaping: text)
        case .bytes(let bytes): append(hexadecimal: bytes)
        case .bool(let value): append(value ? "t" : "f")
        case .uuid(let value): append(value.uuidString)
        case .float4(let value): append(Self.text(of: value))
        case .float8(let value): append(Self.text(of: value))
        case .int2(let value): append(String(value))
        case .int4(let number): try append(value, sentAs: Int64(number), at: index)
        case .int8(let number): try append(value, sentAs: number, at: index)
        }
    }

    /// Times are sent as numbers in binary only.
    private mutating func append(_ value: SQLValue, sentAs number: Int64, at index: Int) throws(DatabaseError) {
        switch value {
        case .integer(let integer): append(String(integer))
        case .timestamp(let timestamp):
            guard CivilTime(timestamp).year >= 1 else {
                throw DatabaseError(
                    .valueOutOfRange,
                    "\(place.description(rowCount, index)) is a time before the year 1; insert it by a statement."
                )
            }
            append(timestamp.description)
            append("+00")
        default: append(String(number))
        }
    }

    private static func text<Number: BinaryFloatingPoint & CustomStringConvertible>(of value: Number) -> String {
        value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : value.isNaN ? "NaN" : value.description
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(escaping text: String) {
        var rest = text.utf8[...]
        while let next = rest.firstIndex(where: Self.needsEscape) {
            bytes.append(contentsOf: rest[..<next])
            switch rest[next] {
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            default: append("\\\\")
            }
            rest = rest[rest.index(after: next)...]
        }
        bytes.append(contentsOf: rest)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): true
        default: false
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

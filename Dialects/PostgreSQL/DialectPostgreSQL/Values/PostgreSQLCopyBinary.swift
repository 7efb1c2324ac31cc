#if PostgreSQL
internal import DialectCore

/// Rows in the binary format of COPY, which the server reads faster than text.
///
/// Only types whose binary form is known have it, so it is for tables, or columns of them, that have no other.
///
/// https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4
struct PostgreSQLCopyBinary: PostgreSQLCopyRows {
    static let clause = " (FORMAT binary)"

    private(set) var bytes: [UInt8]
    private let place: PostgreSQLCopyPlace
    private var rowCount = 0

    init(_ place: PostgreSQLCopyPlace) {
        self.place = place
        // The signature, no flags, and no extension of the header.
        bytes = Array("PGCOPY\n".utf8) + [0xFF] + Array("\r\n\0".utf8) + Array(repeating: 0, count: 8)
    }

    /// Whether rows of these types can have this form, and these values have the kinds that the types have.
    ///
    /// Text for a column of another type is for that type's own rules to read.
    static func suits(_ rows: [[SQLValue]], of types: [PostgreSQLType]) -> Bool {
        types.allSatisfy(\.hasKnownBinaryForm)
            && rows.allSatisfy { row in
                zip(row, types).allSatisfy { value, type in
                    switch value {
                    case .text, .json: type.isBinaryText
                    default: true
                    }
                }
            }
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ row: [SQLValue]) throws(DatabaseError) {
        rowCount += 1
        try place.requireWidth(of: row, rowCount)
        bytes.append(bits: Int16(row.count))
        for index in row.indices {
            let type = place.types[index]
            let value = try PostgreSQLValue(row[index], as: type, at: place.description(rowCount, index))
            switch value {
            case .null:
                bytes.append(bits: Int32(-1))
                continue
            case .text where !type.isBinaryText:
                throw DatabaseError(
                    .valueNotRepresentable,
                    "\(place.description(rowCount, index)) is text, and the first rows had values of the column's own type; "
                        + "give all rows of an insertion the same kinds of values."
                )
            default: break
            }
            let start = bytes.count
            bytes.append(bits: Int32(0))
            // The form of a jsonb has a version.
            if type == .jsonb { bytes.append(1) }
            bytes.append(binary: value)
            let length = UInt32(truncatingIfNeeded: bytes.count - start - 4)
            for byte in 0..<4 { bytes[start + byte] = UInt8(truncatingIfNeeded: length >> (24 - 8 * byte)) }
        }
    }

    mutating func appendEnd() { bytes.append(bits: Int16(-1)) }
}

extension PostgreSQLType {
    /// Whether the binary form of the type's values is their characters.
    fileprivate var isBinaryText: Bool {
        switch self {
        case .text, .varchar, .bpchar, .json, .jsonb: true
        default: false
        }
    }

    /// Whether every value that the type takes has a binary form here.
    fileprivate var hasKnownBinaryForm: Bool {
        switch self {
        case .bool, .int2, .int4, .int8, .oid, .float4, .float8, .bytea, .uuid, .date, .timestamp, .timestamptz: true
        default: isBinaryText
        }
    }
}
#endif

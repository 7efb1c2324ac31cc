#if MySQL
internal import CLibMariaDB
internal import DialectCore

/// How the cells of one column are read.
///
/// Booleans are integers: TINYINT(1), which BOOLEAN is, holds more than 0 and 1. DATE, TIME, ENUM and SET come as text,
/// YEAR and BIT as integers, integers beyond `Int64` as decimals, MariaDB's UUID as a UUID, JSON as JSON.
struct MySQLColumn: Hashable {
    enum Reading: Hashable {
        case integer(bytes: Int, isUnsigned: Bool)
        case float, double
        case date, dateTime, time
        case bits
        /// Bytes after their length.
        case bytes(CellKind)
        /// 36 characters.
        case uuid
    }

    let reading: Reading
    private let type: UInt32
    private let flags: UInt32
    private let characterSet: UInt32

    /// Whether a field that the server describes now is still what the reading was made for.
    func suits(_ field: MYSQL_FIELD) -> Bool {
        field.type.rawValue == type && field.flags & Self.relevantFlags == flags && field.charsetnr == characterSet
    }

    private static let relevantFlags = UInt32(UNSIGNED_FLAG)
    /// The character set of what is no text.
    private static let binary: UInt32 = 63

    init(_ field: MYSQL_FIELD) {
        type = field.type.rawValue
        flags = field.flags & Self.relevantFlags
        characterSet = field.charsetnr
        reading = Self.reading(field)
    }

    private static func reading(_ field: MYSQL_FIELD) -> Reading {
        let isUnsigned = field.flags & UInt32(UNSIGNED_FLAG) != 0
        switch field.type {
        case MYSQL_TYPE_TINY: return .integer(bytes: 1, isUnsigned: isUnsigned)
        case MYSQL_TYPE_SHORT, MYSQL_TYPE_YEAR: return .integer(bytes: 2, isUnsigned: isUnsigned)
        case MYSQL_TYPE_LONG, MYSQL_TYPE_INT24: return .integer(bytes: 4, isUnsigned: isUnsigned)
        case MYSQL_TYPE_LONGLONG: return .integer(bytes: 8, isUnsigned: isUnsigned)
        case MYSQL_TYPE_FLOAT: return .float
        case MYSQL_TYPE_DOUBLE: return .double
        case MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE: return .date
        case MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP, MYSQL_TYPE_DATETIME2, MYSQL_TYPE_TIMESTAMP2: return .dateTime
        case MYSQL_TYPE_TIME, MYSQL_TYPE_TIME2: return .time
        case MYSQL_TYPE_BIT: return .bits
        case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: return .bytes(.decimal)
        case MYSQL_TYPE_JSON: return .bytes(.json)
        case MYSQL_TYPE_GEOMETRY: return .bytes(.bytes)
        default:
            if attribute(field, MARIADB_FIELD_ATTR_DATA_TYPE_NAME) == "uuid" { return .uuid }
            if attribute(field, MARIADB_FIELD_ATTR_FORMAT_NAME) == "json" { return .bytes(.json) }
            return .bytes(field.charsetnr == binary ? .bytes : .text)
        }
    }

    /// What MariaDB tells of a field beyond its type.
    private static func attribute(_ field: MYSQL_FIELD, _ which: mariadb_field_attr_t) -> String? {
        var field = field
        var text = MARIADB_CONST_STRING()
        guard mariadb_field_attr(&text, &field, which) == 0, let characters = text.str, text.length > 0 else {
            return nil
        }
        let bytes = UnsafeRawBufferPointer(start: characters, count: text.length)
        return String(decoding: bytes, as: UTF8.self)
    }
}
#endif

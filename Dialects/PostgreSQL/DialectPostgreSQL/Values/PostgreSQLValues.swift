#if PostgreSQL
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A value as it is sent for a parameter or a column of a known type.
///
/// A type's binary form where the value has one, else the text that the type's own input function reads. What the type
/// could only hold changed is refused.
enum PostgreSQLValue {
    case null
    case bool(Bool)
    case int2(Int16)
    case int4(Int32)
    case int8(Int64)
    case float4(Float)
    case float8(Double)
    case bytes([UInt8])
    case uuid(UUID)
    case text(String)

    /// Decides how a value is sent.
    ///
    /// - Throws: `DatabaseError` with code `valueOutOfRange` or `valueNotRepresentable` when the type cannot hold the
    ///   value unchanged; `place` names where, such as `Parameter 2`.
    init(_ value: SQLValue, as type: PostgreSQLType, at place: @autoclosure () -> String) throws(DatabaseError) {
        do throws(Refusal) {
            self = try Self.encoded(value, as: type)
        } catch {
            throw DatabaseError(error.code, "\(place()) \(error.problem).")
        }
    }

    private struct Refusal: Error {
        let code: DatabaseError.Code
        let problem: String

        static func unfit(_ problem: String) -> Refusal { Refusal(code: .valueNotRepresentable, problem: problem) }
        static func range(_ problem: String) -> Refusal { Refusal(code: .valueOutOfRange, problem: problem) }
    }

    private static func encoded(_ value: SQLValue, as type: PostgreSQLType) throws(Refusal) -> Self {
        switch value {
        case .null: .null
        case .bool(let value): try encoded(value, as: type)
        case .integer(let value): try encoded(value, as: type)
        case .double(let value): try encoded(value, as: type)
        case .decimal(let value): try encoded(value, as: type)
        case .text(let value), .json(let value): try encoded(value, as: type)
        case .bytes(let value): try encoded(value, as: type)
        case .uuid(let value): try encoded(value, as: type)
        case .timestamp(let value): try encoded(value, as: type)
        }
    }

    private static func encoded(_ value: Bool, as type: PostgreSQLType) throws(Refusal) -> Self {
        switch type {
        case .bool: .bool(value)
        case _ where isOpen(type): .text(value ? "true" : "false")
        default: throw .unfit("is a boolean, and the server wants another type; write a cast behind it")
        }
    }

    private static func encoded(_ value: Int64, as type: PostgreSQLType) throws(Refusal) -> Self {
        switch type {
        case .int8: return .int8(value)
        case .int4:
            guard let small = Int32(exactly: value) else { throw .range("is an integer that does not fit 32 bits") }
            return .int4(small)
        case .int2:
            guard let small = Int16(exactly: value) else { throw .range("is an integer that does not fit 16 bits") }
            return .int2(small)
        case .oid:
            guard let oid = UInt32(exactly: value) else { throw .range("is an integer that is no object identifier") }
            return .int4(Int32(bitPattern: oid))
        case .float8:
            guard let exact = Double(exactly: value) else { throw .range("is an integer that a double rounds") }
            return .float8(exact)
        case .float4:
            guard let exact = Float(exactly: value) else { throw .range("is an integer that a 4-byte float rounds") }
            return .float4(exact)
        case .numeric: return .text(String(value))
        case _ where isOpen(type): return .text(String(value))
        default: throw .unfit("is an integer, and the server wants another type; write a cast behind it")
        }
    }

    private static func encoded(_ value: Double, as type: PostgreSQLType) throws(Refusal) -> Self {
        switch type {
        case .float8: return .float8(value)
        case .float4:
            guard let exact = value.isNaN ? Float.nan : Float(exactly: value) else {
                throw .range("is a double that a 4-byte float rounds; bind a Float")
            }
            return .float4(exact)
        case _ where isOpen(type): return .text(text(of: value))
        case .numeric: throw .unfit("is a double, which a decimal column cannot hold unchanged; bind a Decimal")
        default: throw .unfit("is a double, and the server wants another type; write a cast behind it")
        }
    }

    private static func encoded(_ value: Decimal, as type: PostgreSQLType) throws(Refusal) -> Self {
        guard value.isFinite else { throw .unfit("is a decimal that is not a number (NaN); bind nil") }
        guard type == .numeric || isOpen(type) else {
            throw .unfit("is a decimal, and the server wants another type; write a cast such as ::numeric behind it")
        }
        let text = value.description
        guard Decimal(exactly: text) == value else {
            throw .unfit("is a decimal that takes more than 38 digits to write; bind its text")
        }
        return .text(text)
    }

    private static func encoded(_ value: String, as type: PostgreSQLType) throws(Refusal) -> Self {
        guard type != .bytea else { throw .unfit("is text for a column of bytes; bind its bytes") }
        guard !value.utf8.contains(0) else {
            throw .unfit("has a NUL character in it, which PostgreSQL does not store; remove it or bind its bytes")
        }
        return .text(value)
    }

    private static func encoded(_ value: [UInt8], as type: PostgreSQLType) throws(Refusal) -> Self {
        guard type == .bytea else { throw .unfit("is bytes, and the server wants another type; write ::bytea") }
        return .bytes(value)
    }

    private static func encoded(_ value: UUID, as type: PostgreSQLType) throws(Refusal) -> Self {
        switch type {
        case .uuid: .uuid(value)
        case _ where isOpen(type): .text(value.uuidString.lowercased())
        default: throw .unfit("is a UUID, and the server wants another type; write ::uuid behind it")
        }
    }

    private static func encoded(_ value: Timestamp, as type: PostgreSQLType) throws(Refusal) -> Self {
        switch type {
        case .timestamp, .timestamptz:
            guard let count = PostgreSQLTime.count(of: value) else {
                throw .range("is a time before 4713 BC or after the year 294276")
            }
            return .int8(count)
        case .date:
            guard let days = PostgreSQLTime.days(of: value) else {
                throw .unfit("is a time of which a date column would keep the day only; bind a midnight in UTC")
            }
            return .int4(days)
        case _ where isOpen(type) && CivilTime(value).year >= 1: return .text("\(value)+00")
        default: throw .unfit("is a timestamp, and the server wants another type; write ::timestamptz behind it")
        }
    }

    /// Whether a type reads any value's text by its own rules: an enum, a domain, a type of an extension.
    private static func isOpen(_ type: PostgreSQLType) -> Bool { type.rawValue >= 16_384 || type.isText }

    /// The shortest text that reads as the same double; PostgreSQL writes the infinities out.
    private static func text(of value: Double) -> String {
        value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : value.isNaN ? "NaN" : value.description
    }
}

extension [UInt8] {
    /// Appends a value in the binary form of its type; text as its characters, and nothing for null.
    mutating func append(binary value: PostgreSQLValue) {
        switch value {
        case .null: break
        case .bool(let value): append(value ? 1 : 0)
        case .int2(let value): append(bits: value)
        case .int4(let value): append(bits: value)
        case .int8(let value): append(bits: value)
        case .float4(let value): append(bits: value.bitPattern)
        case .float8(let value): append(bits: value.bitPattern)
        case .bytes(let value): append(contentsOf: value)
        case .uuid(let value): Swift.withUnsafeBytes(of: value.uuid) { append(contentsOf: $0) }
        case .text(let value): append(contentsOf: value.utf8)
        }
    }

    /// Appends a number, its highest byte first.
    mutating func append(bits: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: bits.bigEndian) { append(contentsOf: $0) }
    }
}

extension PostgreSQLType {
    /// The type that holds a value of a kind unchanged, for parameters of which the statement does not tell the type.
    static func natural(for value: SQLValue) -> PostgreSQLType {
        switch value {
        case .null, .text: .unspecified
        case .bool: .bool
        case .integer: .int8
        case .double: .float8
        case .decimal: .numeric
        case .bytes: .bytea
        case .uuid: .uuid
        case .timestamp: .timestamptz
        case .json: .json
        }
    }
}
#endif

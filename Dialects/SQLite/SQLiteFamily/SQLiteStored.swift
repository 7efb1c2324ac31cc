internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A value in one of the forms that SQLite stores.
///
/// It is the form in which SQLAlchemy's SQLite dialect stores it, so that programs of both can share a file: a UUID as 32
/// lower-case hexadecimal digits, a boolean as 0 or 1, a timestamp as text in UTC with six fraction digits, which sorts as
/// the times do. Decimals and JSON documents are text.
enum SQLiteStored {
    case null
    case integer(Int64)
    case double(Double)
    case text(String)
    case bytes([UInt8])

    /// - Throws: `DatabaseError` with code `valueNotRepresentable` for what SQLite would change; `place` names where, such
    ///   as `Parameter 2`.
    init(_ value: SQLValue, at place: @autoclosure () -> String) throws(DatabaseError) {
        do throws(Refusal) {
            self = try Self.stored(value)
        } catch {
            throw DatabaseError(.valueNotRepresentable, "\(place()) \(error.problem).")
        }
    }

    private struct Refusal: Error {
        let problem: String
    }

    private static func stored(_ value: SQLValue) throws(Refusal) -> SQLiteStored {
        switch value {
        case .null: .null
        case .bool(let isTrue): .integer(isTrue ? 1 : 0)
        case .integer(let integer): .integer(integer)
        case .double(let double): .double(try checked(double))
        case .text(let text), .json(let text): .text(text)
        case .uuid(let uuid): .text(uuid.hexadecimal)
        case .decimal(let decimal): .text(try text(of: decimal))
        case .timestamp(let timestamp): .text(try text(of: timestamp))
        case .bytes(let bytes): .bytes(bytes)
        }
    }

    /// SQLite stores a NaN as NULL, and a negative zero in a column of doubles as zero.
    private static func checked(_ double: Double) throws(Refusal) -> Double {
        if double.isNaN { throw Refusal(problem: "is not a number (NaN), which SQLite turns into NULL; bind nil") }
        if double == 0, double.sign == .minus {
            throw Refusal(problem: "is the negative zero, which SQLite turns into 0.0; bind 0.0")
        }
        return double
    }

    private static func text(of decimal: Decimal) throws(Refusal) -> String {
        guard decimal.isFinite else { throw Refusal(problem: "is not a number (NaN); bind nil") }
        let text = decimal.description
        guard Decimal(exactly: text) == decimal else {
            throw Refusal(problem: "is a decimal that takes more than 38 digits to write; bind its text")
        }
        return text
    }

    /// Outside the years 1 to 9999 the text would no longer sort as the times do.
    private static func text(of timestamp: Timestamp) throws(Refusal) -> String {
        guard Self.storableTimes.contains(timestamp) else {
            throw Refusal(problem: "is a time outside the years 1 to 9999; bind its microseconds as an integer")
        }
        return timestamp.description
    }

    private static let storableTimes =
        Timestamp(
            microsecondsSinceEpoch: -62_135_596_800_000_000
        )...Timestamp(microsecondsSinceEpoch: 253_402_300_799_999_999)
}

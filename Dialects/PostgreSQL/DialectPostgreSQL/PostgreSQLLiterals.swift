#if PostgreSQL
internal import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// How PostgreSQL writes a value into SQL text.
///
/// What is in quotes has no type of its own and takes that of the place where it stands, as a parameter does:
/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-GENERIC
enum PostgreSQLLiterals {
    static func literal(_ value: SQLValue) throws(DatabaseError) -> String {
        switch value {
        case .null: return "NULL"
        case .bool(let isTrue): return isTrue ? "true" : "false"
        case .integer(let integer): return integer < 0 ? "(\(integer))" : String(integer)
        case .double, .decimal, .bytes, .uuid, .timestamp, .text, .json:
            return PostgreSQLSchema.literal(try text(of: value))
        }
    }

    /// The text that the type's own input function reads.
    private static func text(of value: SQLValue) throws(DatabaseError) -> String {
        if case .bytes(let bytes) = value { return "\\x\(bytes.hexadecimal)" }
        guard case .text(let text) = try PostgreSQLValue(value, as: .text, at: "A value of the script") else {
            throw DatabaseError(.valueNotRepresentable, "A value of the script has no literal in PostgreSQL.")
        }
        return text
    }
}
#endif

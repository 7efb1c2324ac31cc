#if MySQL
public import DialectCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension MySQLDialect {
    /// Writes a value into SQL text.
    ///
    /// A text is for sessions in which a backslash escapes, which is every server's own setting. One that is not ASCII
    /// names its character set, since a script is sent with that of whoever runs it.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` for what no column holds unchanged.
    public func literal(_ value: SQLValue) throws(DatabaseError) -> String {
        switch value {
        case .null: return "NULL"
        case .bool(let isTrue): return isTrue ? "true" : "false"
        case .integer(let integer): return integer < 0 ? "(\(integer))" : String(integer)
        case .double(let double):
            let text = try MySQLParameters.checked(double).description
            // Without an exponent it would be a decimal.
            return "(\(text)\(text.contains("e") ? "" : "e0"))"
        case .decimal(let decimal): return "(\(try MySQLParameters.text(of: decimal)))"
        case .text(let text), .json(let text): return characters(text)
        case .bytes(let bytes): return "X'\(bytes.hexadecimal)'"
        case .uuid(let uuid): return "'\(uuid.hexadecimal)'"
        case .timestamp(let timestamp): return "'\(try MySQLParameters.checked(timestamp))'"
        }
    }

    private func characters(_ text: String) -> String {
        (text.utf8.allSatisfy { $0 < 128 } ? "" : "_utf8mb4") + literal(text)
    }
}
#endif

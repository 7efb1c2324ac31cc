internal import Crypto
internal import DialectCore

/// What the journal keeps of one statement of a step.
struct StatementRecord: Sendable, Hashable {
    /// The SQL with placeholders, or for a data operation its words as a comment.
    let text: String
    /// The SHA-256 of the text and the bound values, in lower-case hexadecimal digits.
    ///
    /// The values themselves are not kept: they may be somebody's data.
    let hash: String

    init(_ statement: Statement, _ dialect: any Dialect) throws(DatabaseError) {
        text = try statement.sql(for: dialect)
        var hash = SHA256()
        hash.update(data: Array(text.utf8))
        for value in statement.parameters { hash.update(data: Array("\0\(value)".utf8)) }
        self.hash = hash.finalize().hexadecimal
    }

    init(dataOperation summary: String) {
        text = "-- \(summary)"
        hash = SHA256.hash(data: Array(text.utf8)).hexadecimal
    }

    /// The text as it is stored: not longer than any database takes.
    var storedText: String {
        guard text.utf8.count > JournalTable.maximumLength else { return text }
        // A scalar has at most four bytes.
        return "\(String(text.unicodeScalars.prefix(JournalTable.maximumLength / 4))) …"
    }
}

extension Sequence<UInt8> {
    fileprivate var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

#if MySQL
/// What the words of a statement tell about it, without parsing it.
///
/// Careful in one direction: what cannot be judged counts as changing the session, and then a reset costs two round trips
/// more.
struct MySQLStatementText: Sendable, Hashable {
    /// The first word in upper case, without comments and parentheses before it.
    let verb: String
    /// Whether it may leave something in the session that the next user must not find: a setting, a variable, a lock, a
    /// temporary table.
    let changesSession: Bool

    init(_ sql: String) {
        verb = Self.verb(of: sql)
        changesSession = Self.changesSession(verb, sql)
    }

    /// Whether it is worth preparing: the others run rarely, and some of them cannot be prepared.
    var isPreparable: Bool { Self.rowVerbs.contains(verb) }

    /// Whether it only reads, so that running it twice does no harm.
    var onlyReads: Bool { verb == "SELECT" || verb == "WITH" || verb == "VALUES" || verb == "TABLE" }

    /// Whether it undoes the transaction when it ends it.
    var isRollBack: Bool { verb == "ROLLBACK" }

    /// Whether it commits the open transaction before it does anything else.
    ///
    /// https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html
    var commitsImplicitly: Bool { !Self.rowVerbs.contains(verb) && !isRollBack && verb != "SAVEPOINT" }

    private static let rowVerbs: Set = [
        "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "TABLE",
    ]
    private static let schemaVerbs: Set = ["CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME"]
    private static let harmlessVerbs: Set = [
        "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "ANALYZE", "OPTIMIZE", "CHECK", "START", "BEGIN", "COMMIT", "ROLLBACK",
        "SAVEPOINT", "RELEASE", "GRANT", "REVOKE", "KILL",
    ]

    private static func changesSession(_ verb: String, _ sql: String) -> Bool {
        let upper = sql.uppercased()
        if rowVerbs.contains(verb) {
            // Variables are written in statements too, and a function's name tells of a lock.
            return upper.utf8.contains(UInt8(ascii: "@")) || upper.contains("_LOCK") || upper.contains("SQL_CALC_FOUND")
        }
        if schemaVerbs.contains(verb) { return upper.contains("TEMPORARY") }
        return !harmlessVerbs.contains(verb) || upper.contains(" CHAIN")
    }

    private static func verb(of sql: String) -> String {
        var rest = sql.utf8[...]
        while let first = rest.first {
            if first == UInt8(ascii: "(") || first <= UInt8(ascii: " ") {
                rest = rest.dropFirst()
            } else if rest.starts(with: "/*".utf8), !rest.starts(with: "/*!".utf8), !rest.starts(with: "/*M!".utf8) {
                rest = rest.dropFirst(2)
                while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
                rest = rest.dropFirst(2)
            } else if first == UInt8(ascii: "#") || rest.starts(with: "-- ".utf8) {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else {
                break
            }
        }
        let word = rest.prefix { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF)
        }
        return String(decoding: word, as: UTF8.self).uppercased()
    }
}
#endif

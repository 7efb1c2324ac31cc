#if PostgreSQL
/// What a statement's text tells about it, without asking the server.
///
/// The first word of the text decides, and for what functions do, some words anywhere in it. So it errs on the side of
/// more: a comment that speaks of `set_config` counts.
struct PostgreSQLCommand: Sendable {
    /// The first word, in upper case.
    let keyword: String
    private let words: Set<Substring>

    init(_ sql: String) {
        let text = sql.uppercased()
        words = Set(
            text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        )
        keyword = Self.firstWord(of: text)
        changesSession = Self.changesSession(keyword, words)
    }

    /// Skips white space, comments and parentheses.
    private static func firstWord(of text: String) -> String {
        var rest = text[...]
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == "(" || $0 == ";" }
            if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*"), let end = rest.firstRange(of: "*/") {
                rest = rest[end.upperBound...]
            } else {
                return String(rest.prefix { $0.isLetter })
            }
        }
    }

    /// Whether it is worth keeping prepared: what programs run again and again.
    var isRepeatable: Bool {
        switch keyword {
        case "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE": true
        default: false
        }
    }

    /// Whether the server would give its rows through a cursor.
    var hasCursor: Bool {
        switch keyword {
        case "SELECT", "VALUES", "TABLE": !words.contains("INTO")
        case "WITH": words.isDisjoint(with: ["INSERT", "UPDATE", "DELETE", "MERGE", "INTO"])
        default: false
        }
    }

    /// Whether work may be there when it ran and its answer did not arrive.
    var mayWrite: Bool {
        switch keyword {
        case "SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "FETCH", "DECLARE", "CLOSE", "BEGIN", "START", "ROLLBACK",
            "SET", "RESET", "DISCARD", "LISTEN", "UNLISTEN", "":
            false
        default: true
        }
    }

    /// Whether its rows are exchanged in a way that a result has no place for.
    var isCopyStream: Bool { keyword == "COPY" && !words.isDisjoint(with: ["STDIN", "STDOUT"]) }

    /// Whether it may leave something in the session that the next user must not find.
    ///
    /// Kept, because it is asked before each run.
    let changesSession: Bool

    private static func changesSession(_ keyword: String, _ words: Set<Substring>) -> Bool {
        switch keyword {
        case "SET", "RESET", "LISTEN", "PREPARE", "DECLARE", "LOAD", "DO", "CALL", "DISCARD", "DEALLOCATE":
            true
        default: !words.isDisjoint(with: leavingWords)
        }
    }

    private static let leavingWords: Set<Substring> = [
        "SET_CONFIG", "TEMP", "TEMPORARY", "PG_ADVISORY_LOCK", "PG_ADVISORY_LOCK_SHARED", "PG_TRY_ADVISORY_LOCK",
        "PG_TRY_ADVISORY_LOCK_SHARED", "SETSEED", "DBLINK_CONNECT", "PG_TEMP",
    ]

    /// Whether names may stand for something else after it, so that parameters may have other types.
    ///
    /// The server prepares a stale plan again by itself, but keeps the types of its parameters.
    var changesTypes: Bool { ["CREATE", "ALTER", "DROP", "SET"].contains(keyword) }

    /// Whether prepared statements may be gone from the server after it.
    var forgetsStatements: Bool { keyword == "DISCARD" || keyword == "DEALLOCATE" }
}
#endif

internal import DialectCore

/// What only the text of a CREATE TABLE tells: names of constraints, and conditions of checks.
///
/// https://sqlite.org/lang_createtable.html
struct SQLiteTableText {
    private(set) var primaryKeyName: String?
    /// The names of unique constraints by their columns.
    private(set) var uniqueNames: [[String]: String] = [:]
    /// The names of foreign keys by their columns.
    private(set) var foreignKeyNames: [[String]: String] = [:]
    private(set) var checks: [CheckConstraint] = []

    /// Reads a statement that SQLite has accepted; anything else, such as that of a virtual table, gives nothing.
    init(_ sql: String) {
        let tokens = SQLiteTokens.read(sql)
        guard let open = tokens.firstIndex(where: { $0.text == "(" }) else { return }
        var item: [SQLiteTokens.Token] = []
        var depth = 0
        for token in tokens[open...] {
            if token.text == "(" { depth += 1 }
            if token.text == ")" { depth -= 1 }
            if depth == 0 || depth == 1 && token.text == "," {
                read(item, in: sql)
                item = []
                if depth == 0 { return }
            } else if depth > 1 || token.text != "(" {
                item.append(token)
            }
        }
    }

    /// The condition in the CREATE INDEX of a partial index.
    static func condition(ofIndex sql: String) -> String? {
        // A column cannot be called WHERE without quotes, so the first one is it.
        guard let word = SQLiteTokens.read(sql).first(where: { $0.keyword == "WHERE" }) else { return nil }
        return String(sql[word.range.upperBound...].drop(while: \.isWhitespace))
    }

    /// Reads a column or a table constraint.
    private mutating func read(_ item: [SQLiteTokens.Token], in sql: String) {
        guard let first = item.first else { return }
        let isConstraint = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].contains(first.keyword)
        let column = isConstraint ? nil : first.name
        var name: String?
        var position = isConstraint ? 0 : 1
        while position < item.count {
            let (inside, next) = Self.parentheses(item, after: position)
            switch item[position].keyword {
            case "CONSTRAINT" where position + 1 < item.count:
                name = item[position + 1].name
                position += 2
                continue
            case "PRIMARY": primaryKeyName = name
            case "UNIQUE": uniqueNames[column.map { [$0] } ?? Self.columns(inside)] = name
            case "FOREIGN": foreignKeyNames[Self.columns(Self.parentheses(item, after: position + 1).inside)] = name
            case "REFERENCES":
                if let column { foreignKeyNames[[column]] = name }
            case "CHECK":
                if let first = inside.first, let last = inside.last {
                    let condition = sql[first.range.lowerBound..<last.range.upperBound]
                    checks.append(CheckConstraint(unsafe: String(condition), name: name))
                }
            default:
                // Such as the words of PRIMARY KEY, and the parentheses of a default.
                position = next
                continue
            }
            name = nil
            position = next
        }
    }

    /// The tokens inside the parentheses that follow a position, and where the text after them begins.
    private static func parentheses(
        _ item: [SQLiteTokens.Token],
        after position: Int
    ) -> (inside: ArraySlice<SQLiteTokens.Token>, next: Int) {
        let open = item[position].text == "(" ? position : position + 1
        guard open < item.count, item[open].text == "(" else { return ([], position + 1) }
        var depth = 0
        for index in open..<item.count {
            if item[index].text == "(" { depth += 1 }
            if item[index].text == ")" { depth -= 1 }
            if depth == 0 { return (item[(open + 1)..<index], index + 1) }
        }
        return ([], item.count)
    }

    /// The first word of each part between commas.
    private static func columns(_ list: ArraySlice<SQLiteTokens.Token>) -> [String] {
        list.split { $0.text == "," }.compactMap(\.first?.name)
    }
}

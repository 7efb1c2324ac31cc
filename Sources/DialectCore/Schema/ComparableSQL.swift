/// SQL text taken apart, so that two spellings of one condition or expression can be found equal.
///
/// Letters outside quotes, names in quotes that need none, spaces and parentheses make no difference. So grouping makes
/// none either: `a OR (b AND c)` equals `(a OR b) AND c`. A number in quotes is the number.
public struct ComparableSQL: Sendable {
    /// Words, numbers, texts and operators in order, parentheses among them.
    ///
    /// A dialect may replace what its databases print in other words than people write.
    public var tokens: [String] = []

    /// Takes text apart.
    public init(_ sql: String) {
        var rest = sql[...]
        while let first = rest.first {
            let length: Int
            switch first {
            case "'":
                let literal = Self.quoted(rest)
                append(literal: literal)
                length = literal.count
            case "\"", "`":
                let name = Self.quoted(rest)
                tokens.append(name.dropFirst().dropLast().lowercased())
                length = name.count
            case _ where first.isWhitespace: length = 1
            case _ where Self.isWord(first):
                length = Self.word(rest).count
                tokens.append(rest.prefix(length).lowercased())
            default:
                length = Self.operators.first { rest.hasPrefix($0) }?.count ?? 1
                tokens.append(String(rest.prefix(length)))
            }
            rest = rest.dropFirst(length)
        }
        joinSigns()
    }

    /// The text in the one spelling that all equal ones share; for comparing, never for a database.
    public var text: String { tokens.filter { $0 != "(" && $0 != ")" }.joined(separator: " ") }

    /// The tokens with spaces where a catalog has them in the name of a type, such as `decimal(10,2) unsigned`.
    public var typeText: String {
        tokens.reduce(into: "") { text, token in
            let isTight =
                text.isEmpty || ["(", ")", ",", "[", "]"].contains(token) || ["(", ",", "["].contains(text.last)
            text += isTight ? token : " \(token)"
        }
    }

    /// The longer ones first.
    private static let operators = ["!~~*", "!~~", "~~*", "~~", "->>", "->", "<>", "!=", "<=", ">=", "||", "::"]

    private mutating func append(literal: Substring) {
        let inner = literal.dropFirst().dropLast()
        tokens.append(Double(inner) == nil ? String(literal) : String(inner))
    }

    /// Makes one token of a sign and its number, as of `-1` in `a > -1`.
    private mutating func joinSigns() {
        var joined: [String] = []
        for token in tokens {
            let isNumber = token.first?.isNumber == true
            if isNumber, joined.last == "-", joined.dropLast().last.map(Self.endsOperand) != true {
                joined[joined.count - 1] = "-\(token)"
            } else {
                joined.append(token == "!=" ? "<>" : token)
            }
        }
        tokens = joined
    }

    private static func endsOperand(_ token: String) -> Bool {
        guard let last = token.last else { return false }
        let expectsOperand = ["and", "or", "not", "between", "in", "like", "when", "then", "else"].contains(token)
        return (isWord(last) || ")]'".contains(last)) && !expectsOperand
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }

    /// The word at the beginning; a number has its point with it.
    private static func word(_ text: Substring) -> Substring {
        guard text.first?.isNumber == true else { return text.prefix(while: isWord) }
        return text.prefix { isWord($0) || $0 == "." }
    }

    /// The quoted piece at the beginning; a doubled quote is one inside.
    private static func quoted(_ text: Substring) -> Substring {
        var rest = text.dropFirst()
        while let end = rest.firstIndex(of: text[text.startIndex]) {
            rest = rest[rest.index(after: end)...]
            guard rest.first == text.first else { break }
            rest = rest.dropFirst()
        }
        return text[..<rest.startIndex]
    }
}

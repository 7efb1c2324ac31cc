/// Splits SQL text into words, quoted pieces and single characters, without spaces and comments.
///
/// https://sqlite.org/lang_keywords.html names the four kinds of quotes.
enum SQLiteTokens {
    struct Token {
        let text: Substring
        let range: Range<String.Index>

        private var quote: Character? { text.first.flatMap { "\"'`[".contains($0) ? $0 : nil } }

        /// The word in upper case; nothing for what is quoted.
        var keyword: String { quote == nil ? text.uppercased() : "" }

        /// The name that the token stands for.
        var name: String {
            guard let quote else { return String(text) }
            let inner = text.dropFirst().dropLast()
            guard quote != "[" else { return String(inner) }
            return inner.split(separator: "\(quote)\(quote)", omittingEmptySubsequences: false)
                .joined(separator: String(quote))
        }
    }

    static func read(_ sql: String) -> [Token] {
        var tokens: [Token] = []
        var position = sql.startIndex
        while position < sql.endIndex {
            let rest = sql[position...]
            let end: String.Index
            var isToken = true
            if rest.hasPrefix("--") {
                end = rest.firstIndex { $0.isNewline } ?? sql.endIndex
                isToken = false
            } else if rest.hasPrefix("/*") {
                end = rest.firstRange(of: "*/")?.upperBound ?? sql.endIndex
                isToken = false
            } else if sql[position].isWhitespace {
                end = sql.index(after: position)
                isToken = false
            } else if "\"'`[".contains(sql[position]) {
                end = endOfQuoted(rest)
            } else if isWordCharacter(sql[position]) {
                end = rest.firstIndex { !isWordCharacter($0) } ?? sql.endIndex
            } else {
                end = sql.index(after: position)
            }
            if isToken { tokens.append(Token(text: sql[position..<end], range: position..<end)) }
            position = end
        }
        return tokens
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }

    /// Where a quoted piece ends; a doubled quote is one inside.
    private static func endOfQuoted(_ text: Substring) -> String.Index {
        let close: Character = text.first == "[" ? "]" : text[text.startIndex]
        var rest = text.dropFirst()
        while let end = rest.firstIndex(of: close) {
            rest = rest[rest.index(after: end)...]
            guard close != "]", rest.first == close else { return rest.startIndex }
            rest = rest.dropFirst()
        }
        return text.endIndex
    }
}

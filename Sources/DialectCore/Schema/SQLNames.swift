/// The names in a piece of SQL text, such as the condition of a check.
///
/// It knows as much of SQL as all databases agree on: literals stand in single quotes, names bare or in double quotes or
/// backticks, and a bare word before a parenthesis is a function.
struct SQLNames {
    private struct Piece {
        let text: Substring
        /// The name, where the piece may be one.
        let name: String?
        let isQuoted: Bool
    }

    private let pieces: [Piece]

    init(_ sql: String) {
        var pieces: [Piece] = []
        var rest = sql[...]
        while let first = rest.first {
            let end: Substring.Index
            if "'\"`".contains(first) {
                end = Self.endOfQuoted(rest, by: first)
            } else if Self.isWord(first) {
                end = rest.firstIndex { !Self.isWord($0) } ?? rest.endIndex
            } else {
                end = rest.firstIndex { Self.isWord($0) || "'\"`".contains($0) } ?? rest.endIndex
            }
            let (text, following) = (rest[..<end], rest[end...])
            rest = following
            if first == "'" || !"\"`".contains(first) && !Self.isWord(first) {
                pieces.append(Piece(text: text, name: nil, isQuoted: false))
            } else if Self.isWord(first) {
                let isFunction = following.first { !$0.isWhitespace } == "("
                pieces.append(Piece(text: text, name: isFunction ? nil : String(text), isQuoted: false))
            } else {
                let inner = text.dropFirst().dropLast().split(
                    separator: "\(first)\(first)",
                    omittingEmptySubsequences: false
                )
                pieces.append(Piece(text: text, name: inner.joined(separator: String(first)), isQuoted: true))
            }
        }
        self.pieces = pieces
    }

    /// Whether the text may name a column.
    func contains(_ column: String) -> Bool { pieces.contains { Self.isName($0, column) } }

    /// The text with another name for a column, quoted where the old one was.
    func renaming(_ column: String, to new: String) -> String {
        pieces.map { piece in
            guard Self.isName(piece, column) else { return String(piece.text) }
            guard piece.isQuoted, let quote = piece.text.first else { return new }
            let inner = new.split(separator: String(quote), omittingEmptySubsequences: false)
            return "\(quote)\(inner.joined(separator: "\(quote)\(quote)"))\(quote)"
        }.joined()
    }

    /// Bare names are the same in either case.
    private static func isName(_ piece: Piece, _ column: String) -> Bool {
        guard let name = piece.name else { return false }
        return name == column || !piece.isQuoted && name.lowercased() == column.lowercased()
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "$"
    }

    /// Where a quoted piece ends; a doubled quote is one inside.
    private static func endOfQuoted(_ text: Substring, by quote: Character) -> Substring.Index {
        var rest = text.dropFirst()
        while let close = rest.firstIndex(of: quote) {
            rest = rest[rest.index(after: close)...]
            guard rest.first == quote else { return rest.startIndex }
            rest = rest.dropFirst()
        }
        return text.endIndex
    }
}

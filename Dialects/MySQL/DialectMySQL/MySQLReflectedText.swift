#if MySQL
internal import DialectCore

extension ColumnType {
    /// A type as the information schema writes it.
    ///
    /// The width of an integer, which older servers print, is only a hint for showing it.
    init(mySQL type: String) {
        let parts = type.split(separator: "(", maxSplits: 1)
        let numbers = parts.count == 2 && type.hasSuffix(")") ? parts[1].dropLast().split(separator: ",") : []
        let sizes = numbers.compactMap { Int($0) }
        self =
            switch (String(parts.first ?? ""), sizes.count) {
            case ("tinyint", 1) where sizes == [1]: .boolean
            case ("smallint", 0...1): .smallInteger
            case ("int", 0...1): .integer
            case ("bigint", 0...1): .bigInteger
            case ("double", 0): .double
            case ("decimal", 2): .decimal(precision: sizes[0], scale: sizes[1])
            case ("varchar", 1): .string(length: sizes[0])
            case ("text", 0): .text
            case ("longblob", 0): .bytes
            case ("uuid", 0): .uuid
            case ("char", 1) where sizes == [32]: .uuid
            case ("datetime", 0): .timestamp()
            case ("datetime", 1): .timestamp(fractionDigits: sizes[0])
            case ("json", 0): .json
            default: .native(type)
            }
        // Such as `int(10) unsigned`.
        if parts.count == 2, sizes.isEmpty { self = .native(type) }
    }
}

extension ServerDefault {
    /// A default as MariaDB prints it: SQL, and NULL where a nullable column has none.
    init?(mariaDB printed: String, for type: ColumnType) {
        if printed == "NULL" { return nil }
        self = printed.mySQLLiteral.map(ServerDefault.text) ?? ServerDefault(mySQLExpression: printed, for: type)
    }

    /// A default as MySQL prints it: the value itself, or the SQL of an expression.
    init(mySQL printed: String, isExpression: Bool, for type: ColumnType) {
        if isExpression {
            // A text in an expression has its character set before it, and what is special in a literal is escaped.
            let literal = printed.withoutEscapes.drop { $0 != "'" }
            if printed.hasPrefix("_"), let text = String(literal).mySQLLiteral {
                self = .text(text)
            } else {
                self = ServerDefault(mySQLExpression: printed, for: type)
            }
        } else if let number = ServerDefault(mySQLNumber: printed, for: type) {
            self = number
        } else {
            self = printed.uppercased().hasPrefix("CURRENT_TIMESTAMP") ? .currentTimestamp : .text(printed)
        }
    }

    /// The functions that give the time.
    private static let clocks: [Substring] = ["utc_timestamp", "current_timestamp", "now"]

    private init(mySQLExpression sql: String, for type: ColumnType) {
        let call = sql.lowercased().prefix { $0 != "(" }
        if let number = ServerDefault(mySQLNumber: sql, for: type) {
            self = number
        } else if Self.clocks.contains(call), !sql.contains(where: { "+-*/".contains($0) }) {
            self = .currentTimestamp
        } else {
            self = .expression(unsafe: sql.mySQLWithoutOuterParentheses)
        }
    }

    /// A number, for columns of numbers and booleans only.
    private init?(mySQLNumber text: String, for type: ColumnType) {
        switch type {
        case .boolean:
            guard text == "0" || text == "1" else { return nil }
            self = .boolean(text == "1")
        case .smallInteger, .integer, .bigInteger, .double, .decimal, .native:
            // A decimal is printed with all of its digits.
            let parts = text.split(separator: ".", maxSplits: 1)
            guard let integer = parts.first.flatMap({ Int64($0) }) else { return nil }
            guard parts.count == 1 || parts[1].allSatisfy({ $0 == "0" }) else { return nil }
            self = .integer(integer)
        default: return nil
        }
    }
}

extension String {
    /// What a letter after a backslash stands for; any other character stands for itself.
    private static let escaped: [Character: Character] = [
        "n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\u{1A}", "b": "\u{8}",
    ]

    /// The text that a literal in single quotes stands for, nil for anything else.
    fileprivate var mySQLLiteral: String? {
        guard count >= 2, first == "'", last == "'" else { return nil }
        var text = ""
        var rest = dropFirst().dropLast()
        while let character = rest.popFirst() {
            switch character {
            case "'":
                guard rest.popFirst() == "'" else { return nil }
                text.append("'")
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                text.append(Self.escaped[escaped] ?? escaped)
            default: text.append(character)
            }
        }
        return text
    }

    /// The text with what follows each backslash instead of both.
    var withoutEscapes: String {
        var text = ""
        var rest = self[...]
        while let character = rest.popFirst() {
            text.append(character == "\\" ? rest.popFirst() ?? character : character)
        }
        return text
    }

    /// The text without one pair of parentheses around the whole, if there is one.
    var mySQLWithoutOuterParentheses: String {
        guard first == "(", last == ")" else { return self }
        var depth = 0
        var quote: Character?
        var isEscaped = false
        for (position, character) in zip(indices, self) {
            if isEscaped {
                isEscaped = false
            } else if let open = quote {
                if character == "\\" { isEscaped = true }
                if character == open { quote = nil }
            } else if "'\"`".contains(character) {
                quote = character
            } else if character == "(" {
                depth += 1
            } else if character == ")" {
                depth -= 1
                if depth == 0, position != index(before: endIndex) { return self }
            }
        }
        return String(dropFirst().dropLast())
    }
}
#endif

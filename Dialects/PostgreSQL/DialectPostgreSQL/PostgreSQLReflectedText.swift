#if PostgreSQL
internal import DialectCore

extension ColumnType {
    /// A type as `format_type` writes it.
    init(postgreSQL type: String) {
        let numbers = type.numbersInParentheses
        self =
            switch (type.prefix { $0 != "(" }, numbers.count) {
            case ("boolean", 0): .boolean
            case ("smallint", 0): .smallInteger
            case ("integer", 0): .integer
            case ("bigint", 0): .bigInteger
            case ("double precision", 0): .double
            case ("numeric", 2): .decimal(precision: numbers[0], scale: numbers[1])
            case ("character varying", 1): .string(length: numbers[0])
            case ("text", 0): .text
            case ("bytea", 0): .bytes
            case ("uuid", 0): .uuid
            case ("timestamp with time zone", 0): .timestamp()
            case ("timestamp", 1) where type.hasSuffix(") with time zone"): .timestamp(fractionDigits: numbers[0])
            case ("json", 0): .json
            default: .native(type)
            }
        if case .native = self { return }
        // An array's type ends like `integer[]`.
        if type.hasSuffix("]") { self = .native(type) }
    }
}

extension ServerDefault {
    /// A default as `pg_get_expr` writes it.
    init(postgreSQL expression: String) {
        switch expression {
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        case "CURRENT_TIMESTAMP", "now()": self = .currentTimestamp
        default:
            if let integer = Int64(expression) {
                self = .integer(integer)
            } else if let (text, type) = expression.castLiteral {
                // Negative numbers are printed as text with a cast.
                let isNumber = ["integer", "bigint", "smallint", "numeric"].contains { type.hasPrefix($0) }
                self = isNumber ? Int64(text).map(ServerDefault.integer) ?? .text(text) : .text(text)
            } else {
                self = .expression(unsafe: expression.withoutOuterParentheses)
            }
        }
    }
}

extension String {
    /// The numbers of a type's modifier, as the two in `numeric(10,2)`.
    fileprivate var numbersInParentheses: [Int] {
        guard let open = firstIndex(of: "("), let close = firstIndex(of: ")") else { return [] }
        return self[index(after: open)..<close].split(separator: ",").compactMap { Int($0) }
    }

    /// The text and the type of an expression such as `'it''s'::character varying`, nil for any other.
    fileprivate var castLiteral: (text: String, type: String)? {
        guard first == "'" else { return nil }
        var text = ""
        var rest = dropFirst()
        while let quote = rest.firstIndex(of: "'") {
            text += rest[..<quote]
            rest = rest[rest.index(after: quote)...]
            guard rest.first != "'" else {
                text += "'"
                rest = rest.dropFirst()
                continue
            }
            guard rest.hasPrefix("::"), !rest.contains(where: { "'+-*/|".contains($0) }) else { return nil }
            return (text, String(rest.dropFirst(2)))
        }
        return nil
    }

    /// The text without one pair of parentheses around the whole, if there is one.
    var withoutOuterParentheses: String {
        guard first == "(", last == ")" else { return self }
        var depth = 0
        var quote: Character?
        for (position, character) in zip(indices, self) {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
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

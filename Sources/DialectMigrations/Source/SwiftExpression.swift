/// A Swift expression that is printed on one line where it fits, and else with each part on a line of its own.
indirect enum SwiftExpression: ExpressibleByStringInterpolation {
    /// Text that is never broken.
    case plain(String)
    /// A call with labelled arguments; a nil label is none.
    case call(String, [(label: String?, value: SwiftExpression)])
    /// An array.
    case array([SwiftExpression])

    /// The longest line, as in this package's own format.
    private static let lineLength = 120

    init(stringLiteral text: String) { self = .plain(text) }

    /// A call with arguments, without those that are nil.
    static func call(_ name: String, _ arguments: KeyValuePairs<String, SwiftExpression?>)
        -> SwiftExpression
    {
        .call(
            name,
            arguments.compactMap { label, value in value.map { (label.isEmpty ? nil : label, $0) } }
        )
    }

    /// A string literal.
    static func string(_ text: String) -> SwiftExpression {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\t": literal += "\\t"
            case _
            where scalar.value < 32 || scalar.value == 127 || scalar.properties.generalCategory == .format:
                literal += "\\u{\(String(scalar.value, radix: 16))}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return .plain(literal + "\"")
    }

    /// The expression with its first line beginning somewhere and its last followed by something.
    ///
    /// - Parameters:
    ///   - indentation: How far the lines of the expression are indented.
    ///   - before: How many characters stand before it on its first line, the indentation among them.
    ///   - after: How many characters follow on its last line.
    /// - Returns: One line where it fits, and else several.
    func text(indentation: Int, before: Int? = nil, after: Int = 0) -> String {
        let line = oneLine
        guard (before ?? indentation) + line.count + after > Self.lineLength else { return line }
        let inner = indentation + 4
        let margin = String(repeating: " ", count: inner)
        let end = "\n" + String(repeating: " ", count: indentation)
        switch self {
        case .plain(let text): return text
        case .call(let name, let arguments):
            let lines = arguments.map { label, value in
                let start = margin + (label.map { "\($0): " } ?? "")
                return start + value.text(indentation: inner, before: start.count, after: 1)
            }
            return "\(name)(\n\(lines.joined(separator: ",\n"))\(end))"
        case .array(let elements):
            let lines = elements.map { margin + $0.text(indentation: inner, after: 1) + ",\n" }
            return "[\n\(lines.joined())\(end.dropFirst())]"
        }
    }

    private var oneLine: String {
        switch self {
        case .plain(let text): return text
        case .call(let name, let arguments):
            let list = arguments.map { label, value in (label.map { "\($0): " } ?? "") + value.oneLine }
            return "\(name)(\(list.joined(separator: ", ")))"
        case .array(let elements): return "[\(elements.map(\.oneLine).joined(separator: ", "))]"
        }
    }
}

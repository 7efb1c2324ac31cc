// White space and control characters as the rules for input mean them. Both sets are stable across Unicode versions.
extension UnicodeText {
    /// Whether Python's `str.strip()`, `str.split()` and `\s` take the character for white space: Unicode's white space
    /// and the four information separators.
    static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    /// Whether the character is a control character other than tab, line feed and carriage return.
    static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0x00...0x1F, 0x7F...0x9F: true
        default: false
        }
    }

    /// The text without white space at both ends.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard
            let first = scalars.firstIndex(where: { !isWhitespace($0) }),
            let last = scalars.lastIndex(where: { !isWhitespace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The text with each run of white space as one space, and none at both ends.
    static func collapsed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for word in text.unicodeScalars.split(whereSeparator: isWhitespace) {
            if !result.isEmpty { result.append(" ") }
            result.append(contentsOf: word)
        }
        return String(result)
    }

    /// The text without control characters other than tab, line feed and carriage return.
    static func printable(_ text: String) -> String {
        String(text.unicodeScalars.filter { !isUnprintable($0) })
    }
}

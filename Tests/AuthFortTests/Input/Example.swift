import Testing

/// A text and what a rule makes of it; nil stands for nothing.
struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: String?

    init(_ text: String, _ expected: String?) {
        self.text = text
        self.expected = expected
    }

    var testDescription: String { spelling(text) ?? "" }
}

/// A text in ASCII.
///
/// Two texts that differ only by normalisation are equal as strings and have different spellings.
func spelling(_ text: String?) -> String? {
    text?.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
}

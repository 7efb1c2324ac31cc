/// The rule for the part of an e-mail address after the `@`: a public host name (RFC 952, 1123), in letters of any
/// script (RFC 5890).
struct DomainName {
    /// The name as the DNS has it, each label of another script as an A-label (`xn--…`).
    let ascii: String
    /// The name as people read it.
    let unicode: String

    /// The longest name, in bytes of its ASCII form (RFC 1035, section 2.3.4).
    static let maximumLength = 253
    /// The longest label, in bytes of its ASCII form.
    static let maximumLabelLength = 63

    /// Names that never receive mail from the public network, with all names below them.
    ///
    /// From IANA's registry of special-use domain names; `example` and its kin are not among them, as RFC 6761 asks
    /// applications to treat those like any other name.
    static let specialUse = ["arpa", "invalid", "local", "localhost", "onion", "test"]

    /// Gives both forms of a name, or nil when the text is not a public host name.
    static func normalize(_ text: String) -> DomainName? {
        guard
            text.unicodeScalars.count <= maximumLength,
            text.unicodeScalars.allSatisfy({ !$0.isASCII || isHostCharacter($0) }),
            let ascii = text.utf8.allSatisfy({ $0 < 0x80 }) ? text.lowercased() : asciiForm(of: text),
            isPublicHostName(ascii),
            let unicode = unicodeForm(of: ascii)
        else { return nil }
        return DomainName(ascii: ascii, unicode: unicode)
    }

    private static func isHostCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".": true
        default: false
        }
    }

    private static func isPublicHostName(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard
            labels.count > 1,
            name.utf8.count <= maximumLength,
            labels.allSatisfy(isHostLabel),
            let last = name.unicodeScalars.last, last.properties.isAlphabetic
        else { return false }
        return !specialUse.contains { name == $0 || name.hasSuffix(".\($0)") }
    }

    private static func isHostLabel(_ label: Substring) -> Bool {
        guard
            (1...maximumLabelLength).contains(label.utf8.count),
            label.unicodeScalars.allSatisfy(isHostCharacter),
            label.first != "-", label.last != "-"
        else { return false }
        // RFC 5890, section 2.3.1: two hyphens there are reserved for encodings, of which one is defined.
        return !label.dropFirst(2).hasPrefix("--") || label.hasPrefix("xn")
    }
}

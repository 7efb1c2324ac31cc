/// The rule for phone numbers: digits and the usual separators, stored as they were given.
enum PhoneNumber {
    /// The longest number, in code points.
    static let maximumLength = 50

    /// Gives the number without markup, control characters and white space around it; an empty text means that there is
    /// none.
    ///
    /// - Throws: `invalidPhone` when other characters are left or the number is too long.
    static func normalize(_ text: String) throws(AuthError) -> String? {
        guard let plain = PlainText.removingMarkup(from: text) else { throw .phoneTooLong }
        let number = UnicodeText.trimmed(UnicodeText.printable(plain))
        guard !number.isEmpty else { return nil }
        guard number.unicodeScalars.allSatisfy(isAllowed) else { throw .phoneInvalid }
        guard number.unicodeScalars.count <= maximumLength else { throw .phoneTooLong }
        return number
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "-", "(", ")", ".", "+": true
        default: UnicodeText.isWhitespace(scalar)
        }
    }
}

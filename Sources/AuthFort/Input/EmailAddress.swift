/// The rule for e-mail addresses: syntax only, no look-up in the DNS.
///
/// Follows RFC 5321 and 6531 without their rare forms (quoted local parts, address literals, display names), requires
/// a public domain name, and gives every spelling of an address one form: local part in NFC, domain in Unicode, all of
/// it in lower case.
enum EmailAddress {
    /// The longest text that is looked at, in code points.
    static let maximumInputLength = 255
    /// The longest address, in bytes of UTF-8 (RFC 5321, section 4.5.3.1.3).
    static let maximumLength = 254

    /// Gives the form in which an address is stored and looked up.
    ///
    /// - Throws: `invalidEmail` when the text is not an address or is too long.
    static func normalize(_ text: String) throws(AuthError) -> String {
        let text = UnicodeText.trimmed(text)
        guard text.unicodeScalars.count <= maximumInputLength else { throw .emailTooLong }

        let parts = text.unicodeScalars.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard
            parts.count == 2,
            let localPart = LocalPart.normalize(String(parts[0])),
            let domain = DomainName.normalize(String(parts[1]))
        else { throw .invalidEmail }

        // Each form may be handed to a mail server, so each must be short enough.
        let normalized = "\(localPart)@\(domain.unicode)"
        for form in [text, normalized, "\(localPart)@\(domain.ascii)"] where form.utf8.count > maximumLength {
            throw .invalidEmail
        }
        return UnicodeText.lowercased(normalized)
    }
}

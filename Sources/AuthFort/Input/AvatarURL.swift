/// The rule for the address of a user's picture: an absolute `http` or `https` URL, stored as it was given.
enum AvatarURL {
    /// The longest URL, in code points.
    static let maximumLength = 2048

    /// Gives the URL without white space around it; an empty text means that there is none.
    ///
    /// - Throws: `invalidAvatarURL` when the URL is too long, has another scheme or names no host.
    static func normalize(_ text: String) throws(AuthError) -> String? {
        let text = UnicodeText.trimmed(text)
        guard !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= maximumLength else { throw .avatarURLTooLong }
        // PostgreSQL has no text with U+0000.
        guard let authority = authority(of: text), isValid(authority: authority), !text.utf8.contains(0) else {
            throw .avatarURLInvalid
        }
        return text
    }

    /// The part between `//` and the path, or nil when the scheme is another one or no such part follows.
    ///
    /// Read as browsers do: without control characters in front, and without tabs and line breaks anywhere.
    private static func authority(of text: String) -> Substring.UnicodeScalarView? {
        let url = String(text.unicodeScalars.drop { $0.value <= 0x20 }.filter { !["\t", "\n", "\r"].contains($0) })
        for prefix in ["http://", "https://"] {
            let start = url.unicodeScalars.prefix(prefix.utf8.count)
            guard String(start).lowercased() == prefix, start.allSatisfy(\.isASCII) else { continue }
            return url.unicodeScalars.dropFirst(prefix.utf8.count).prefix { !["/", "?", "#"].contains($0) }
        }
        return nil
    }

    private static func isValid(authority: Substring.UnicodeScalarView) -> Bool {
        guard !authority.isEmpty, hasValidBrackets(authority) else { return false }
        // A character that becomes one of these would move the end of the host when the name is looked up.
        let rest = UnicodeText.compatibilityComposed(String(authority.filter { $0 != "@" && $0 != ":" }))
        return !rest.unicodeScalars.contains { ["/", "?", "#", "@", ":"].contains($0) }
    }

    /// Whether brackets, where there are any, hold the whole host and an address (RFC 3986, section 3.2.2).
    private static func hasValidBrackets(_ authority: Substring.UnicodeScalarView) -> Bool {
        guard authority.contains(where: { $0 == "[" || $0 == "]" }) else { return true }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        guard host.first == "[", let end = host.firstIndex(of: "]") else { return false }
        let port = host.suffix(from: host.index(after: end))
        return (port.isEmpty || port.first == ":") && IPLiteral.isValid(Substring(host[..<end].dropFirst()))
    }
}

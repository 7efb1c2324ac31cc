import CIDN2

// Internationalised names: UTS 46 maps what people type, IDNA 2008 (RFC 5891-5893) says what a label may hold.
extension DomainName {
    /// Gives the ASCII form of a name that has other letters, or nil when it has a character that names may not have.
    static func asciiForm(of text: String) -> String? {
        guard UnicodeText.isSafe(text), !hidesFullStop(text) else { return nil }
        // Editions of UTS 46 differ in the capitals that they map, and all of them keep the small letters.
        let small = text.unicodeScalars.map(\.properties.lowercaseMapping).joined()
        var result: UnsafeMutablePointer<UInt8>?
        let status = idn2_lookup_u8(small, &result, CInt(IDN2_NONTRANSITIONAL.rawValue))
        return taken(result, status)
    }

    /// Gives the Unicode form of a name in ASCII, or nil when one of its A-labels is not the encoding of a valid label.
    static func unicodeForm(of ascii: String) -> String? {
        let labels = ascii.split(separator: ".")
        guard labels.contains(where: { $0.hasPrefix("xn--") }) else { return ascii }
        for label in labels where label.hasPrefix("xn--") {
            // The look-up accepts more than a registry does; a name that cannot be registered receives no mail.
            guard idn2_register_u8(nil, String(label), nil, 0) == IDN2_OK.rawValue else { return nil }
        }
        var decoded: UnsafeMutablePointer<CChar>?
        let status = idn2_to_unicode_8z8z(ascii, &decoded, 0)
        let bytes = UnsafeMutableRawPointer(decoded)?.assumingMemoryBound(to: UInt8.self)
        guard let result = taken(bytes, status) else { return nil }
        return UnicodeText.isSafe(result) && BidiRule.allows(result) ? result : nil
    }

    /// Whether a character other than the full-width full stop turns into one, so that the name would have more labels
    /// than it shows.
    private static func hidesFullStop(_ text: String) -> Bool {
        let rest = String(text.unicodeScalars.filter { $0 != "." && $0 != "\u{FF0E}" })
        return UnicodeText.compatibilityComposed(rest).unicodeScalars.contains(".")
    }

    /// Copies what the library allocated and releases it.
    private static func taken(_ result: UnsafeMutablePointer<UInt8>?, _ status: CInt) -> String? {
        guard let result, status == IDN2_OK.rawValue else { return nil }
        defer { idn2_free(result) }
        return String(cString: result)
    }
}

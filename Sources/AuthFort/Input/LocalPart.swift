/// The rule for the part of an e-mail address before the `@`: atoms separated by single full stops (RFC 5322, section
/// 3.2.3), with the characters beyond ASCII that RFC 6531 adds.
enum LocalPart {
    /// Gives the NFC form, or nil when the text is not a local part.
    static func normalize(_ text: String) -> String? {
        // Composition can make an atom out of what is none and the reverse, so both forms must be right.
        guard isValid(text) else { return nil }
        let composed = UnicodeText.composed(text)
        return isValid(composed) ? composed : nil
    }

    private static func isValid(_ text: String) -> Bool {
        let atoms = text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
        guard atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtomCharacter) }) else { return false }
        return UnicodeText.isSafe(text)
    }

    private static func isAtomCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: !scalar.isASCII || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
    }
}

extension UnicodeText {
    /// Whether a text can stand in a sentence without changing what is around it: no space, control, format, private or
    /// unassigned character, and no mark that would combine with the character before the text.
    static func isSafe(_ text: String) -> Bool {
        if let first = text.unicodeScalars.first, isMark(first) { return false }
        return text.unicodeScalars.allSatisfy { isGraphic($0) || isMark($0) }
    }
}

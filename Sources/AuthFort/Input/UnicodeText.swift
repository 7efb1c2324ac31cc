import CIDN2

/// Unicode operations that the rules for input need.
///
/// Those that Swift's standard library does not offer come from libunistring, as those of libidn2 do. So an address is judged by one version of Unicode, and
/// a character that this version does not know is refused rather than stored unnormalised.
enum UnicodeText {
    /// Canonical composition (NFC).
    static func composed(_ text: String) -> String {
        mapped(text) { u8_normalize(authfort_nfc(), $0, $1, nil, $2) }
    }

    /// Compatibility composition (NFKC).
    static func compatibilityComposed(_ text: String) -> String {
        mapped(text) { u8_normalize(authfort_nfkc(), $0, $1, nil, $2) }
    }

    /// Whether a character is a letter, number, punctuation or symbol.
    static func isGraphic(_ scalar: Unicode.Scalar) -> Bool {
        has(scalar, UC_CATEGORY_MASK_L, UC_CATEGORY_MASK_N, UC_CATEGORY_MASK_P, UC_CATEGORY_MASK_S)
    }

    /// Whether a character combines with the one before it.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        has(scalar, UC_CATEGORY_MASK_M)
    }

    private static func has(_ scalar: Unicode.Scalar, _ masks: Int...) -> Bool {
        masks.contains { uc_is_general_category_withtable(scalar.value, UInt32($0)) }
    }

    private static func mapped(
        _ text: String,
        by body: (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Int>) -> UnsafeMutablePointer<UInt8>?
    ) -> String {
        var text = text
        return text.withUTF8 { source in
            var length = 0
            // libunistring fails on malformed UTF-8, which a String never is, and when no memory is left.
            guard let result = body(source.baseAddress, source.count, &length) else {
                preconditionFailure("no memory left to convert \(source.count) bytes of text")
            }
            defer { authfort_free(result) }
            return String(decoding: UnsafeBufferPointer(start: result, count: length), as: UTF8.self)
        }
    }
}

/// The classes of characters that the grammar of URLs needs.
enum URLCharacters {
    /// RFC 3986's `ALPHA`.
    static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }

    /// RFC 3986's `DIGIT`.
    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// RFC 3986's `unreserved` (section 2.3): what need never be percent-encoded.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || isAny(byte, of: "-._~")
    }

    /// What may stand in a host name as it is: RFC 3986's `reg-name` (section 3.2.2) without the comma, which separates
    /// hosts here, and with non-ASCII letters, as SQLAlchemy has it.
    static func isHostName(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || isAny(byte, of: "%!$&'()*+;=") || byte >= 0x80
    }

    /// Whether a byte is one of the given ASCII characters.
    static func isAny(_ byte: UInt8, of characters: StaticString) -> Bool {
        characters.description.utf8.contains(byte)
    }

    /// The value of a hexadecimal digit, or nil for any other byte.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Whether a scalar cannot be seen when it is read: a space, a line break, a control or a format character.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
        default: false
        }
    }
}

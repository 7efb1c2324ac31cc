/// Percent-encoding as in RFC 3986, section 2.1, over UTF-8.
enum PercentEncoding {
    /// Encodes every byte except RFC 3986's unreserved characters and those in `kept`.
    static func encode(_ text: String, keeping kept: StaticString = "") -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if URLCharacters.isUnreserved(byte) || URLCharacters.isAny(byte, of: kept) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexDigits[Int(byte >> 4)])
                bytes.append(hexDigits[Int(byte & 0xF)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Decodes a part of a URL.
    ///
    /// The plain space is accepted raw, as in SQLAlchemy, because people write file paths with spaces.
    /// Stricter than SQLAlchemy, which leaves a `%` without two digits as it is and puts replacement characters where
    /// the bytes are not UTF-8: here both are errors, because what would be sent is not what was meant.
    ///
    /// - Parameters:
    ///   - bytes: The part as it stands in the URL, without its delimiters.
    ///   - part: The name of the part, for errors.
    ///   - plusIsSpace: Whether `+` stands for a space, as it does in a query.
    /// - Returns: The decoded text, which may be empty.
    /// - Throws: `invalidURL` for a raw `#`, a raw control or invisible character, a `%` without two hexadecimal digits,
    ///   a NUL, or bytes that are not UTF-8.
    static func decode(
        _ bytes: ArraySlice<UInt8>,
        of part: URLPart,
        plusIsSpace: Bool = false
    ) throws(DatabaseError) -> String {
        if containsInvisibleCharacter(bytes) {
            throw .invalidURL(part, "has a control or invisible character in it; remove it or percent-encode it")
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "#"):
                // RFC 3986 begins a fragment here, SQLAlchemy and libpq do not: nobody can tell what was meant.
                throw .invalidURL(part, "has an unescaped # in it; percent-encode it as %23")
            case UInt8(ascii: "%"):
                guard
                    let high = rest.popFirst().flatMap(URLCharacters.hexValue),
                    let low = rest.popFirst().flatMap(URLCharacters.hexValue)
                else {
                    throw .invalidURL(
                        part,
                        "has a % that two hexadecimal digits do not follow; percent-encode a literal % as %25"
                    )
                }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace:
                decoded.append(UInt8(ascii: " "))
            default:
                decoded.append(byte)
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw .invalidURL(part, "is not UTF-8 after percent-decoding; percent-encode the bytes of its UTF-8 form")
        }
        guard !decoded.contains(0) else {
            throw .invalidURL(part, "has a NUL character in it, which no database accepts; remove it")
        }
        return text
    }

    private static func containsInvisibleCharacter(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { scalar in
            scalar != " " && URLCharacters.isInvisible(scalar)
        }
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)
}

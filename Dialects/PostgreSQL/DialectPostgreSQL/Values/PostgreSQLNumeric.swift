#if PostgreSQL
/// The binary form of `numeric`: digits to the base 10,000 and where the decimal point is.
///
/// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/numeric.c, `numeric_send`
struct PostgreSQLNumeric {
    private static let negative: UInt16 = 0x4000

    /// Appends the number's text to ASCII bytes; returns false when the bytes are no numeric.
    ///
    /// As the server writes it: with as many digits after the point as the value's scale says.
    static func appendText(of bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) -> Bool {
        guard bytes.count >= 8 else { return false }
        let digitCount = Int(word(bytes, 0))
        let weight = Int(Int16(bitPattern: word(bytes, 1)))
        let sign = word(bytes, 2)
        let scale = Int(word(bytes, 3))
        switch sign {
        case 0, negative: break
        case 0xC000: return append("NaN", to: &text)
        case 0xD000: return append("Infinity", to: &text)
        case 0xF000: return append("-Infinity", to: &text)
        default: return false
        }
        guard bytes.count == 8 + 2 * digitCount else { return false }
        if sign == negative { text.append(UInt8(ascii: "-")) }
        func digit(_ position: Int) -> UInt16 {
            (0..<digitCount).contains(position) ? word(bytes, 4 + position) : 0
        }
        if weight < 0 {
            text.append(UInt8(ascii: "0"))
        } else {
            append(String(digit(0)), to: &text)
            for position in stride(from: 1, through: weight, by: 1) { appendFour(digit(position), to: &text) }
        }
        guard scale > 0 else { return true }
        text.append(UInt8(ascii: "."))
        let end = text.count + scale
        var position = weight + 1
        while text.count < end {
            appendFour(digit(position), to: &text)
            position += 1
        }
        text.removeLast(text.count - end)
        return true
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt16 {
        UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
    }

    @discardableResult
    private static func append(_ string: String, to text: inout [UInt8]) -> Bool {
        text.append(contentsOf: string.utf8)
        return true
    }

    private static func appendFour(_ digit: UInt16, to text: inout [UInt8]) {
        for divisor: UInt16 in [1000, 100, 10, 1] {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit / divisor % 10))
        }
    }
}
#endif

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension UUID {
    /// The 32 lower-case hexadecimal digits without dashes.
    public var hexadecimal: String {
        withUnsafeBytes(of: uuid) { Array($0) }.hexadecimal
    }

    /// Reads 32 hexadecimal digits, with or without the four dashes of RFC 9562.
    init?(hexadecimal text: UnsafeRawBufferPointer) {
        guard text.count == 32 || text.count == 36 else { return nil }
        var digits: [UInt8] = []
        digits.reserveCapacity(32)
        for (position, byte) in text.enumerated() {
            if text.count == 36, [8, 13, 18, 23].contains(position) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = hexValue(byte) else { return nil }
            digits.append(digit)
        }
        let bytes = stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        guard let value = bytes.withUnsafeBytes(UUID.init(sixteenBytes:)) else { return nil }
        self = value
    }

    init?(sixteenBytes bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 16 else { return nil }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension [UInt8] {
    /// Two lower-case hexadecimal digits for each byte.
    public var hexadecimal: String {
        String(decoding: flatMap { [hexDigit($0 >> 4), hexDigit($0 & 15)] }, as: UTF8.self)
    }
}

private func hexDigit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

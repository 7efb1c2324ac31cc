#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Decimal {
    /// Reads a decimal number such as `-12.340` or `1e5`, or returns nil when it is not a number, or one that a `Decimal`
    /// cannot hold unchanged.
    ///
    /// A number fits when it has at most 38 significant digits, which those at either end that are zero are not, and
    /// when its last one stands within 128 places of the decimal point. `Decimal(string:)` reads a prefix, rounds, and
    /// takes what is too small for zero; values from a database may suffer none of these.
    public init?(exactly text: String) {
        guard let number = DecimalText(text) else { return nil }
        let digits = number.significantDigits
        guard !digits.isEmpty else {
            self = 0
            return
        }
        guard digits.count <= 38, (-128...127).contains(number.exponent) else { return nil }
        // Without a point and zeros at its end there is nothing in it to round.
        let spelling = (number.isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
        guard let significand = Decimal(string: spelling) else { return nil }
        let value = Decimal(sign: .plus, exponent: number.exponent, significand: significand)
        guard value.isFinite, !value.isZero else { return nil }
        self = value
    }
}

/// A decimal number taken apart: its value is its digits times ten to the power of its exponent.
struct DecimalText {
    let isNegative: Bool
    /// The ASCII digits without zeros at either end; none for zero.
    let significantDigits: ArraySlice<UInt8>
    let exponent: Int

    /// Takes a text apart, or returns nil when it is not a number.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var power = 0
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            guard let written = Self.power(rest.dropFirst()) else { return nil }
            power = written
        } else if !rest.isEmpty {
            return nil
        }
        let digits = (whole + fraction).drop { $0 == UInt8(ascii: "0") }
        let trailingZeros = digits.reversed().prefix { $0 == UInt8(ascii: "0") }.count
        significantDigits = digits.dropLast(trailingZeros)
        exponent = power - fraction.count + trailingZeros
    }

    /// Reads what follows the `e`; a number of many digits becomes one that is as far out of reach.
    private static func power(_ text: ArraySlice<UInt8>) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        let magnitude = Int(String(decoding: digits, as: UTF8.self)).map { min($0, 1 << 40) } ?? 1 << 40
        return isNegative ? -magnitude : magnitude
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

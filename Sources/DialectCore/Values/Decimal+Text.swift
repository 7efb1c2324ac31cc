#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Decimal {
    /// Reads a decimal number such as `-12.340` or `1e5`, or returns nil when it has more than 38 significant digits or
    /// is not a number.
    ///
    /// `Decimal(string:)` reads a prefix and rounds; values from a database may suffer neither.
    public init?(exactly text: String) {
        let body = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let mantissa = body.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
        let digits = mantissa.filter { $0 != UInt8(ascii: ".") }
        guard
            text.utf8.count - body.count <= 1,
            !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            mantissa.count - digits.count <= 1,
            digits.drop(while: { $0 == UInt8(ascii: "0") }).count <= 38,
            mantissa.endIndex == body.endIndex || Int(String(body[mantissa.endIndex...].dropFirst()) ?? "") != nil,
            let value = Decimal(string: text), value.isFinite
        else { return nil }
        self = value
    }
}

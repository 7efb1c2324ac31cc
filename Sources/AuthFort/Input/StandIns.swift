/// Private-use characters in the place of those which the parser would replace by U+FFFD: control characters and
/// noncharacters.
///
/// Where those characters stand decides what is a tag, so they can be removed only after the parser has run.
struct StandIns {
    /// A character that occurs neither in the text nor among the stand-ins.
    let marker: Unicode.Scalar
    private let standIns: [Unicode.Scalar: Unicode.Scalar]
    private let originals: [Unicode.Scalar: Unicode.Scalar]

    /// Chooses characters that do not occur in a text, neither themselves nor by a numeric reference.
    init(for text: String) {
        let present = Set(text.unicodeScalars)
        let taken = present.union(Self.referenced(in: text))
        // Plane 15 has more characters than any text that is parsed.
        var free = (0xF0000...0xFFFFD).lazy.compactMap(Unicode.Scalar.init).filter { !taken.contains($0) }
            .makeIterator()
        var standIns: [Unicode.Scalar: Unicode.Scalar] = [:]
        for original in present where Self.needsStandIn(original) {
            standIns[original] = free.next()
        }
        marker = free.next() ?? "\u{FFFFD}"
        self.standIns = standIns
        originals = Dictionary(uniqueKeysWithValues: standIns.map { ($1, $0) })
    }

    /// The text with stand-ins.
    func put(into text: String) -> String { replacing(standIns, in: text) }

    /// The text with its own characters again.
    func take(outOf text: String) -> String { replacing(originals, in: text) }

    private func replacing(_ replacements: [Unicode.Scalar: Unicode.Scalar], in text: String) -> String {
        guard !replacements.isEmpty else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { replacements[$0] ?? $0 }))
    }

    /// The characters that numeric references such as `&#65;` and `&#x41;` stand for.
    private static func referenced(in text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.split(separator: "&#".unicodeScalars).compactMap { part in
            let isHexadecimal = part.first == "x" || part.first == "X"
            let digits = part.dropFirst(isHexadecimal ? 1 : 0).prefix { $0.isASCII && $0.properties.isASCIIHexDigit }
            let number =
                isHexadecimal
                ? UInt32(String(digits), radix: 16)
                : UInt32(String(digits.prefix { ("0"..."9").contains($0) }))
            return number.flatMap(Unicode.Scalar.init)
        }
    }

    private static func needsStandIn(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00, 0x0C: false
        case 0xFDD0...0xFDEF: true
        case let value: UnicodeText.isUnprintable(scalar) || value & 0xFFFE == 0xFFFE
        }
    }
}

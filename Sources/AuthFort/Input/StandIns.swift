/// Private-use characters in the place of those which the parser would replace by U+FFFD: control characters and
/// noncharacters.
///
/// Where those characters stand decides what is a tag, so they can be removed only after the parser has run.
struct StandIns {
    /// A character that occurs neither in the text nor among the stand-ins.
    let marker: Unicode.Scalar
    private let standIns: [Unicode.Scalar: Unicode.Scalar]
    private let originals: [Unicode.Scalar: Unicode.Scalar]

    /// Chooses characters that do not occur in a text.
    init(for text: String) {
        let present = Set(text.unicodeScalars)
        let replaced = present.filter(Self.needsStandIn)
        // Plane 15 has more characters than any text that is parsed.
        var free = (0xF0000...0xFFFFD).lazy.compactMap(Unicode.Scalar.init).filter { !present.contains($0) }
            .makeIterator()
        var pairs: [(original: Unicode.Scalar, standIn: Unicode.Scalar)] = []
        for original in replaced {
            guard let standIn = free.next() else { break }
            pairs.append((original, standIn))
        }
        marker = free.next() ?? "\u{FFFFD}"
        standIns = Dictionary(uniqueKeysWithValues: pairs.map { ($0.original, $0.standIn) })
        originals = Dictionary(uniqueKeysWithValues: pairs.map { ($0.standIn, $0.original) })
    }

    /// The text with stand-ins.
    func put(into text: String) -> String { replacing(standIns, in: text) }

    /// The text with its own characters again.
    func take(outOf text: String) -> String { replacing(originals, in: text) }

    private func replacing(_ replacements: [Unicode.Scalar: Unicode.Scalar], in text: String) -> String {
        guard !replacements.isEmpty else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { replacements[$0] ?? $0 }))
    }

    private static func needsStandIn(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00, 0x0C: false
        case 0xFDD0...0xFDEF: true
        case let value: UnicodeText.isUnprintable(scalar) || value & 0xFFFE == 0xFFFE
        }
    }
}

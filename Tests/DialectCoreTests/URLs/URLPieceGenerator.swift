/// A small deterministic generator (SplitMix64), so that a failing seed fails again.
struct URLPieceGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension URLPieceGenerator {
    /// A text of arbitrary Unicode scalars except NUL, rich in delimiters.
    mutating func text(upTo count: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...count, using: &self) {
            switch Int.random(in: 0..<3, using: &self) {
            case 0:
                text.append(
                    "/?#@:%+&=,[] \\~*'\"\n\r\t\u{301}\u{E9}🐍".unicodeScalars.randomElement(using: &self) ?? "/"
                )
            case 1: text.append(Unicode.Scalar(UInt8.random(in: 1...127, using: &self)))
            default: text.append(Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &self)) ?? "\u{FFFD}")
            }
        }
        return String(text)
    }

    /// A piece of a URL, or of what people put into one.
    mutating func piece() -> String {
        let pieces = [
            "", "", "a", "7", "5432", "0", "99999", ":", "@", "/", "?", "#", "%", "%2F", "%40", "%zz", "%FF", "%00",
            "+", "&", "=",
            ",", "[", "]", "[::1]", "::1", "//", "://", "***", " ", "\n", "\0", "é", "🐍", "\u{200B}", "\\", "C:/",
            "host=", "port=1",
            "?host=", "?password=", "a=b",
        ]
        return pieces.randomElement(using: &self) ?? ""
    }

    mutating func pieces(upTo count: Int) -> String {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in piece() }.joined()
    }
}

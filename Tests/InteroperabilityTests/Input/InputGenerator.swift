/// Makes texts from parts, the same ones for the same seed.
struct InputGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// Whether an event of some per cent happens.
    mutating func happens(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &self) < percent
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    /// One of some parts, or nothing when there are none.
    mutating func one(of parts: [String]) -> String {
        parts.randomElement(using: &self) ?? ""
    }

    /// Some parts in a row.
    mutating func several(of parts: [String], _ count: ClosedRange<Int>) -> String {
        (0..<number(count)).map { _ in one(of: parts) }.joined()
    }

    /// A letter, mark or number that every edition of Unicode in use knows.
    mutating func letter() -> String {
        while true {
            let value = UInt32.random(in: 0x80..<0x2F800, using: &self)
            guard
                let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age.major <= 12,
                !scalar.properties.isDefaultIgnorableCodePoint
            else { continue }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
                return String(scalar)
            default: continue
            }
        }
    }
}

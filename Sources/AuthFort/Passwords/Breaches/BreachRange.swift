/// The breached passwords whose SHA-1 begins with the same five digits: one answer of the range service.
struct BreachRange: Sendable, Hashable {
    private let suffixes: Set<BreachDigest.Suffix>

    /// Reads lines of `<35 hexadecimal digits>:<count>`.
    ///
    /// Lines with the count 0 are padding and are left out.
    ///
    /// Nil when any line has another form, or there is none: every range of the service has entries, so that is no
    /// answer of it, and "not found" would be a guess.
    init?(_ body: some Collection<UInt8>) {
        var suffixes: Set<BreachDigest.Suffix> = []
        var lines = 0
        for line in body.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count == 2, let suffix = BreachDigest.Suffix(fields[0]), let isPadding = Self.isZero(fields[1])
            else { return nil }
            lines += 1
            if !isPadding { suffixes.insert(suffix) }
        }
        guard lines > 0 else { return nil }
        self.suffixes = suffixes
    }

    /// Whether the password with this digest was found in a breach.
    func contains(_ suffix: BreachDigest.Suffix) -> Bool { suffixes.contains(suffix) }

    /// Whether a decimal number is zero.
    ///
    /// Nil when it is not a decimal number.
    private static func isZero(_ digits: some Collection<UInt8>) -> Bool? {
        let zero = UInt8(ascii: "0")
        guard !digits.isEmpty, digits.allSatisfy({ (zero...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return digits.allSatisfy { $0 == zero }
    }
}

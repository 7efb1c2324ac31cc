import CIDN2

/// The rule that keeps names with right-to-left letters readable in one way only (RFC 5893, section 2).
enum BidiRule {
    /// Whether each label of a name keeps the rule.
    ///
    /// Names without right-to-left letters are not subject to it.
    static func allows(_ name: String) -> Bool {
        let labels = name.unicodeScalars.split(separator: ".")
        let isSubject = labels.contains { label in
            label.contains { [UC_BIDI_R, UC_BIDI_AL, UC_BIDI_AN].contains(bidiClass($0)) }
        }
        return !isSubject || labels.allSatisfy { isValid($0.map(bidiClass)) }
    }

    private static func bidiClass(_ scalar: Unicode.Scalar) -> Int {
        Int(uc_bidi_class(scalar.value))
    }

    private static func isValid(_ classes: [Int]) -> Bool {
        // Condition 1: the first character gives the direction.
        switch classes.first {
        case UC_BIDI_R, UC_BIDI_AL: isValidRightToLeft(classes)
        case UC_BIDI_L: isValidLeftToRight(classes)
        default: false
        }
    }

    /// Conditions 2, 3 and 4.
    private static func isValidRightToLeft(_ classes: [Int]) -> Bool {
        let ends = [UC_BIDI_R, UC_BIDI_AL, UC_BIDI_EN, UC_BIDI_AN]
        return classes.allSatisfy { ends.contains($0) || neutral.contains($0) }
            && endsWith(ends, classes)
            && !(classes.contains(UC_BIDI_EN) && classes.contains(UC_BIDI_AN))
    }

    /// Conditions 5 and 6.
    private static func isValidLeftToRight(_ classes: [Int]) -> Bool {
        let ends = [UC_BIDI_L, UC_BIDI_EN]
        return classes.allSatisfy { ends.contains($0) || neutral.contains($0) } && endsWith(ends, classes)
    }

    /// Whether the last character that is not a non-spacing mark has one of the classes.
    private static func endsWith(_ ends: [Int], _ classes: [Int]) -> Bool {
        classes.last { $0 != UC_BIDI_NSM }.map(ends.contains) ?? false
    }

    private static let neutral = [
        UC_BIDI_ES, UC_BIDI_CS, UC_BIDI_ET, UC_BIDI_ON, UC_BIDI_BN, UC_BIDI_NSM,
    ]
}

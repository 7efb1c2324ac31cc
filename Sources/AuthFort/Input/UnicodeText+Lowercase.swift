extension UnicodeText {
    /// Lower case with Unicode's full mappings, independent of language: `İ` gives two code points, and a `Σ` at the end
    /// of a word gives `ς`, which `String.lowercased()` does not do.
    static func lowercased(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            let isFinalSigma = scalar == "\u{03A3}" && endsWord(index, in: scalars)
            result += isFinalSigma ? "\u{03C2}" : scalar.properties.lowercaseMapping
        }
        return result
    }

    /// The condition `Final_Sigma` of the Unicode Standard, section 3.13: letters with case before and none after, not
    /// counting characters that case ignores.
    private static func endsWord(_ index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }
}

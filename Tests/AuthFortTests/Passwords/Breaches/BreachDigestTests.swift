import Testing

@testable import AuthFort

@Suite struct BreachDigestTests {
    /// SHA-1 of the texts, from sha1sum.
    @Test(arguments: [
        ("password", "5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8"),
        ("", "DA39A", "3EE5E6B4B0D3255BFEF95601890AFD80709"),
        ("pässwörd", "F517D", "DF1D32A112FF1AD55C66D1B12CB38E7E8F7"),
    ])
    func thePrefixIsSentAndTheSuffixIsKept(_ password: String, _ prefix: String, _ suffix: String) {
        let digest = BreachDigest(of: password)
        #expect(digest.prefix == prefix)
        #expect(digest.suffix == BreachDigest.Suffix(Array(suffix.utf8)))
        #expect(digest.suffix == BreachDigest.Suffix(Array(suffix.lowercased().utf8)))
    }

    @Test func suffixesThatDifferInAnyDigitAreDifferent() throws {
        let digits = Array("1E4C9B93F3F0682250B6CF8331B7EE68FD8".utf8)
        let suffix = try #require(BreachDigest.Suffix(digits))
        for index in digits.indices {
            var changed = digits
            changed[index] = digits[index] == UInt8(ascii: "0") ? UInt8(ascii: "7") : UInt8(ascii: "0")
            #expect(BreachDigest.Suffix(changed) != suffix)
        }
    }

    @Test(arguments: [
        "", "1E4C9B93F3F0682250B6CF8331B7EE68FD", "1E4C9B93F3F0682250B6CF8331B7EE68FD8A",
        "GE4C9B93F3F0682250B6CF8331B7EE68FD8", " E4C9B93F3F0682250B6CF8331B7EE68FD8",
    ])
    func anythingElseIsNoSuffix(_ text: String) {
        #expect(BreachDigest.Suffix(Array(text.utf8)) == nil)
    }
}

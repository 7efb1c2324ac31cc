import Testing

@testable import AuthFort

@Suite struct EmailAddressTests {
    @Test(arguments: [
        Example("ann@example.com", "ann@example.com"),
        Example(" \t\u{A0}Ann@Example.COM\u{3000}\n\u{1F}", "ann@example.com"),
        Example("Ann.O'Brien+news@Mail.Example.org", "ann.o'brien+news@mail.example.org"),
        Example("!#$%&*/=?^_`{|}~-@example.com", "!#$%&*/=?^_`{|}~-@example.com"),
        Example("a@1.example.com", "a@1.example.com"),
        Example("a@x.example", "a@x.example"),
    ])
    func addressIsTrimmedAndLowercased(_ example: Example) throws {
        #expect(try spelling(EmailAddress.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        Example("用户@例子.中国", "用户@例子.中国"),
        Example("e\u{301}@example.com", "é@example.com"),
        Example("ﬁ@example.com", "ﬁ@example.com"),
        Example("a@xn--bcher-kva.de", "a@bücher.de"),
        Example("a@XN--BCHER-KVA.DE", "a@bücher.de"),
        Example("a@BÜCHER.de", "a@bücher.de"),
        Example("a@bu\u{308}cher.de", "a@bücher.de"),
        Example("a@ｅｘａｍｐｌｅ．ｃｏｍ", "a@example.com"),
        Example("a@example。com", "a@example.com"),
        Example("a@straße.de", "a@straße.de"),
        Example("a@STRAẞE.de", "a@straße.de"),
        Example("a@ΝΈΟΣ.gr", "a@νέοσ.gr"),
        Example("a@דוגמה.ישראל", "a@\u{5D3}\u{5D5}\u{5D2}\u{5DE}\u{5D4}.\u{5D9}\u{5E9}\u{5E8}\u{5D0}\u{5DC}"),
    ])
    func otherScriptsGetOneForm(_ example: Example) throws {
        #expect(try spelling(EmailAddress.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        Example("İ@example.com", "i\u{307}@example.com"),
        Example("ΟΔΥΣΣΕΥΣ@example.com", "οδυσσευς@example.com"),
        Example("Α.Σ@example.com", "α.ς@example.com"),
        Example("ΑΣΑ@example.com", "ασα@example.com"),
        Example("Σ@example.com", "σ@example.com"),
    ])
    func lowerCaseIsUnicodes(_ example: Example) throws {
        #expect(try spelling(EmailAddress.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        "", " ", "ann", "ann@", "@example.com", "ann@@example.com", "a b@example.com", "a@exa mple.com",
        "ann＠example.com", ".a@example.com", "a.@example.com", "a..b@example.com", "a,b@example.com",
        "\"ann\"@example.com", "\"a@b\"@example.com", "Ann <ann@example.com>", "<ann@example.com>",
        "a@[127.0.0.1]", "a@[IPv6:::1]", "a(b)@example.com", "a\\b@example.com", "a\u{0}b@example.com",
    ])
    func textWithoutTheShapeOfAnAddressIsRefused(_ text: String) {
        #expect(throws: AuthError.invalidEmail) { try EmailAddress.normalize(text) }
    }

    @Test(arguments: [
        "example", "example.com.", ".example.com", "example..com", "-a.com", "a-.com", "a_b.com", "ab--c.com",
        "example.c0m1", "1.2.3.4", "xn--.com", "xn--a.com", "xn--bcher-kvb.com", "☃.com", "😀.com", "a․b.com",
        "⒈com", "a\u{200D}b.com", "a\u{AD}b.com", "\u{301}a.com", "א1a.com", "1.אב.com", "٠۰.com", "l·a.com",
        "a\u{202E}b.com", "a／b.com", "\u{378}.com",
    ])
    func nameThatIsNoPublicHostNameIsRefused(_ domain: String) {
        #expect(throws: AuthError.invalidEmail) { try EmailAddress.normalize("a@\(domain)") }
    }

    @Test(arguments: ["arpa", "invalid", "local", "localhost", "onion", "test"])
    func specialUseNamesAreRefused(_ name: String) {
        #expect(throws: AuthError.invalidEmail) { try EmailAddress.normalize("a@\(name)") }
        #expect(throws: AuthError.invalidEmail) { try EmailAddress.normalize("a@mail.\(name.uppercased())") }
        #expect(throws: Never.self) { try EmailAddress.normalize("a@my\(name).com") }
    }

    @Test(arguments: [
        "a\u{200B}b", "a\u{A0}b", "a\u{2028}b", "\u{301}a", "a\u{E000}", "a\u{378}", "a\u{37E}b", "a<\u{338}b",
    ])
    func unsafeCharactersInTheLocalPartAreRefused(_ localPart: String) {
        #expect(throws: AuthError.invalidEmail) { try EmailAddress.normalize("\(localPart)@example.com") }
    }

    @Test func lengthIsLimitedInBytesOfEachForm() {
        func address(ofLength length: Int) -> String {
            String(repeating: "a", count: length - "@example.com".count) + "@example.com"
        }
        #expect(throws: Never.self) { try EmailAddress.normalize(address(ofLength: 254)) }
        #expect(throws: AuthError.invalidEmail) { try EmailAddress.normalize(address(ofLength: 255)) }
        #expect(throws: AuthError.emailTooLong) { try EmailAddress.normalize(address(ofLength: 256)) }
        #expect(throws: AuthError.invalidEmail) {
            try EmailAddress.normalize(String(repeating: "é", count: 122) + "@example.com")
        }
    }

    @Test func labelHasAtMost63Characters() {
        let label = String(repeating: "a", count: 63)
        #expect(throws: Never.self) { try EmailAddress.normalize("a@\(label).com") }
        #expect(throws: AuthError.invalidEmail) { try EmailAddress.normalize("a@a\(label).com") }
    }

    @Test(arguments: ["Ann@Example.COM", "é@BÜCHER.de", "ΟΔΥΣΣΕΥΣ@ΝΈΟΣ.gr", "İ@example.com"])
    func normalFormIsItsOwnNormalForm(_ text: String) throws {
        let once = try EmailAddress.normalize(text)
        let twice = try EmailAddress.normalize(once)
        #expect(Array(once.utf8) == Array(twice.utf8))
    }
}

import Testing

@testable import AuthFort

@Suite struct AvatarURLTests {
    @Test(arguments: [
        Example("https://example.com/a.png", "https://example.com/a.png"),
        Example(" HTTP://Example.com/A b?<x>#y ", "HTTP://Example.com/A b?<x>#y"),
        Example("http://[::1]:8080/", "http://[::1]:8080/"),
        Example("http://u:p@[fe80::1%25eth0]", "http://u:p@[fe80::1%25eth0]"),
        Example("https://bücher.de", "https://bücher.de"),
        Example("ht\ntp://example.com", "ht\ntp://example.com"),
        Example("", nil),
        Example(" \t", nil),
    ])
    func urlIsKeptAsItWasGiven(_ example: Example) throws {
        #expect(try spelling(AvatarURL.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: [
        "example.com", "//example.com", "ftp://example.com", "javascript:alert(1)", "data:image/png;base64,AA==",
        "http:example.com", "http:/example.com", "http://", "https:///a.png", "http://?q", "http:\\\\example.com",
        "http://[::1", "http://::1]", "http://[1.2.3.4]", "http://[zz]", "http://[]", "http://a[::1]", "http://[::1]a",
        "http://ex\u{2100}mple", "http://a／b", "http://a＠b", "http://example.com/\u{0}", "ｈttp://example.com",
        "httpſ://example.com",
    ])
    func whatIsNoURLOfAPictureIsRefused(_ text: String) {
        #expect(throws: AuthError.avatarURLInvalid) { try AvatarURL.normalize(text) }
    }

    @Test func urlHasAtMost2048CodePoints() {
        func url(ofLength length: Int) -> String { "https://a/".padding(to: length) }
        #expect(throws: Never.self) { try AvatarURL.normalize(url(ofLength: 2048)) }
        #expect(throws: AuthError.avatarURLTooLong) { try AvatarURL.normalize(url(ofLength: 2049)) }
    }
}

extension String {
    fileprivate func padding(to length: Int) -> String {
        self + String(repeating: "é", count: length - unicodeScalars.count)
    }
}

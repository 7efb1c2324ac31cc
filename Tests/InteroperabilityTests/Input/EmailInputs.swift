// Addresses of all kinds: ordinary, international, encoded, quoted, broken, too long.
extension InputGenerator {
    mutating func email() -> String {
        let address = "\(localPart())@\(happens(60) ? domain() : one(of: Self.domains))"
        switch number(0...19) {
        case 0: return "\"\(localPart())\"@example.com"
        case 1: return "\(localPart()) <\(address)>"
        case 2: return "<\(address)>"
        case 3, 4: return one(of: Self.spaces) + address + one(of: Self.spaces)
        case 5: return String(repeating: one(of: ["a", "é", "字"]), count: number(70...260)) + address
        case 6: return localPart()
        default: return address
        }
    }

    private mutating func localPart() -> String {
        happens(50)
            ? several(of: Self.atoms, 1...4)
            : (0..<number(0...8)).map { _ in happens(10) ? letter() : one(of: Self.atoms + Self.oddities) }.joined()
    }

    private mutating func domain() -> String {
        let labels = (0..<number(1...3)).map { _ in label() }
        return (labels + [one(of: Self.topLevel)]).joined(
            separator: happens(95) ? "." : one(of: ["。", "．", "｡", ".."])
        )
    }

    private mutating func label() -> String {
        let scripts = [one(of: Self.scripts), one(of: Self.scripts)]
        switch number(0...9) {
        case 0...3: return several(of: scripts[0].unicodeScalars.map { String($0) }, 1...8)
        case 4, 5: return several(of: scripts.joined().unicodeScalars.map { String($0) }, 1...8)
        case 6: return (0..<number(1...4)).map { _ in letter() }.joined()
        case 7: return one(of: Self.encodedLabels)
        case 8: return String(repeating: one(of: ["a", "ü", "字", "é-"]), count: number(30...70))
        default: return one(of: ["mail", "x-y", "1", "a1", "xn", "xn-", "xn--", "ab--c", "-a", "a-", ""])
        }
    }

    private static let atoms = [
        "ann", "Lee", ".", "-", "_", "+", "news", "1", "O'Brien", "Zoë", "用户", "ΑΣ", "é", "e\u{301}",
    ]

    private static let oddities = [
        "@", "\"", "<", ">", "(", ")", "[", "]", "\\", " ", ",", ";", ":", "!#$%&*/=?^`{|}~", "..", "Σ", "ὈΔΥΣΣΕΎΣ",
        "İ",
        "ı", "ﬁ", "\u{37E}", "\u{1FEF}", "\u{338}", "<\u{338}", "=\u{338}", "\"\u{301}", "@\u{301}", "＠", "﹫", "\u{A0}",
        "\u{3000}", "\t", "\n", "\u{1C}", "\u{85}", "\u{200B}", "\u{200D}", "\u{202E}", "\u{FEFF}", "\u{AD}", "😀",
        "\u{E000}",
        "\u{378}", "\u{0}", "\u{7F}", "&#64;",
    ]

    private static let spaces = ["", " ", "\t", "\r\n", "\u{A0}", "\u{1F}", "\u{2003}", "\u{85}", "\u{FEFF}", "\u{0}"]

    private static let topLevel = [
        "com", "com", "de", "ORG", "co.uk", "рф", "xn--p1ai", "中国", "xn--fiqs8s", "ישראל", "السعودية", "ｃｏｍ", "a",
        "com.",
        "test", "local", "invalid", "example", "onion", "arpa", "localhost", "c0m", "com1", "1",
    ]

    private static let domains = [
        "example.com", "Example.ORG", "localhost", "[127.0.0.1]", "[IPv6:::1]", "1.2.3.4", "x_y.com", "x.com ",
        "x..com",
        "", ".", "@x.com", "x.com>", "☃.com", "😀.com", "a\u{200D}b.com", "a\u{AD}b.com", "a․b.com", "⒈.com", "︰.com",
        String(repeating: "a", count: 63) + ".com", String(repeating: "a", count: 64) + ".com",
        String(repeating: String(repeating: "a", count: 63) + ".", count: 3) + String(repeating: "a", count: 57)
            + ".com",
        String(repeating: String(repeating: "a", count: 63) + ".", count: 3) + String(repeating: "a", count: 58)
            + ".com",
    ]

    private static let scripts = [
        "abcdefghijklmnopqrstuvwxyz", "ABCXYZ", "0123456789", "a-", "äöüßéñçåøæœ", "ÄÖÜẞÉ", "абвгдежзийклм", "АБВГ",
        "αβγδεζσς",
        "ΑΒΣΏ", "אבגדהוזחט", "ابتثجحخدذر", "٠١٢٣", "۰۱۲۳", "नमस्ते", "日本語中文", "ひらがなカタカナー・", "한국어", "ไทย", "ｅｘａｍｐｌｅ１２３",
        "e\u{301}\u{308}", "l·ŀ", "\u{375}α", "\u{5F3}\u{5F4}א", "ﬁⅣ²½™", "İıſK Å", "Ӏӏ",
    ]

    private static let encodedLabels = [
        "xn--bcher-kva", "XN--BCHER-KVA", "xn--bcher-kvb", "xn--bcher-kva-", "xn--e1afmkfd", "xn--fiqs8s",
        "xn--mgbaam7a8h",
        "xn--4dbcagdahymbxekheh6e0a7fei0b", "xn--a", "xn--abc", "xn--0", "xn--zckzah", "xn--ls8h", "xn--strae-oqa",
        "xn--l-fda",
        "xn--ll-0ea", "xn--1-zfa", "xn--n3h", "xn--bcher-KVA", "xn--zca", "xn--ss-ga", "xn--nxasmq6b", "xn--nxasmm1c",
    ]
}

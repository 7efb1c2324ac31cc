// Phone numbers and the addresses of pictures.
extension InputGenerator {
    mutating func phone() -> String {
        several(of: happens(80) ? Self.phoneParts : Self.phoneParts + Self.otherParts, 0...60)
    }

    mutating func avatar() -> String {
        let host = happens(20) ? one(of: Self.bracketedHosts) : several(of: Self.hosts, 1...2)
        let scheme = one(of: happens(70) ? ["http", "https"] : Self.schemes)
        let separator = happens(80) ? "://" : one(of: [":/", ":", "//", "", ":\t//", ":/\n/", ":\\\\", ":///"])
        let end = happens(5) ? "/" + String(repeating: "x", count: number(1990...2060)) : one(of: Self.ends)
        return one(of: Self.beginnings) + scheme + separator + host + end
    }

    private static let phoneParts = "0123456789".map { String($0) } + ["+", "-", "(", ")", ".", " "]

    private static let otherParts = [
        "\t", "\n", "\r", "\u{A0}", "&nbsp;", "\u{3000}", "٣", "１", "<b>", "</b>", "x", "&", "\u{0}", "\u{1C}",
        "\u{200B}", "#",
        "&#43;", "&#9;", "\u{85}", "\u{C}",
    ]

    private static let beginnings = ["", "", "", " ", "\t", "\u{A0}", "\u{1F}", "\u{3000}", "\u{B}", "\u{FEFF}", "x"]

    private static let schemes = [
        "HTTP", "Https", "ftp", "javascript", "data", "", "htt", "h\ttp", "http ", "hİttp", "ｈttp", "httpſ", "http+x",
        "1http",
    ]

    private static let hosts = [
        "example.com", "ex ample.com", "", "user:pw@h", "bücher.de", "ex\u{2100}ple", "ａ：ｂ", "a／b", "a？b", "a＃b", "a＠b",
        "😀",
        "\u{2024}", "h:99999", "h:", "%zz", "a\\b", "<script>", "\u{1}", "a\u{338}", "@",
    ]

    private static let bracketedHosts = [
        "[::1]", "[::1]:80", "u@[::1]", "[::1", "::1]", "[::ffff:1.2.3.4]", "[2001:db8::1]",
    ]

    private static let ends = ["", "/", "/p.png", "?q=1", "#f", "/a b", "/[x]", "/ü", "/\n", "?[", "#@", " "]
}

// Names with and without markup, from what people are called to what a scanner for vulnerabilities types.
extension InputGenerator {
    /// A text for the rule for names.
    mutating func name() -> String {
        let text = (0..<number(1...10)).map { _ in
            switch number(0...9) {
            case 0...4: one(of: Self.texts)
            case 5...8: tag()
            default: one(of: Self.constructs)
            }
        }.joined()
        return Self.isKnownToDiffer(text) ? name() : text
    }

    private mutating func tag() -> String {
        var name = one(of: happens(60) ? Self.commonElements : Self.rareElements)
        if happens(20) { name = name.uppercased() }
        switch number(0...9) {
        case 0...4: return "<\(name)\(several(of: Self.attributes, 0...2))>"
        case 5...7: return "</\(name)>"
        case 8: return happens(50) ? "<\(name)/>" : "<\(name)"
        default: return "<\(one(of: [" ", "/", "!", "?", "1", "_", "\u{1}"]))\(name)>"
        }
    }

    /// Whether a text has the shape of one in `KnownDifferences`.
    private static func isKnownToDiffer(_ text: String) -> Bool {
        let text = text.lowercased()
        let isForeign = text.contains("<svg") || text.contains("<math")
        return text.contains("</script>\u{FEFF}")
            || isForeign && (text.contains("</p") || text.contains("</br"))
            || text.contains("<select") && text.contains("<input")
    }

    private static let texts = [
        "Ann", "O'Brien", "Zoë", "Zoe\u{308}", "李", "😀", "AT&T", "1 < 2", "a > b", "I <3 you", " ", "  ", "\t", "\r\n",
        "\r",
        "&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&copy", "&#65;", "&#x41;", "&#0;", "&#x80;", "&#1;", "&#13;",
        "&#x110000;", "&#xD800;", "&#xF0000;", "&#", "&", "&;", "&notit;", "&AMP;", "&ThickSpace;", "&fjlig;", "\u{A0}",
        "\u{3000}", "\u{1C}", "\u{85}", "\u{200B}", "\u{0}", "\u{1}", "\u{B}", "\u{C}", "\u{7F}", "\u{9F}", "\u{FEFF}",
        "\u{F0000}", "<", "</", "<!", "<?", "<>", "</>", "<!--", "-->", "--!>", "]]>", "\"", "'", "=", "/",
        "&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;", "ann@example.com",
        String(repeating: "x", count: 100),
    ]

    private static let commonElements = [
        "b", "i", "u", "em", "strong", "a", "p", "br", "div", "span", "h1", "ul", "li", "img", "font", "script",
        "style",
        "pre", "input", "button", "form", "foo", "x-y",
    ]

    private static let rareElements = [
        "table", "tr", "td", "th", "tbody", "caption", "col", "select", "option", "textarea", "title", "noscript",
        "iframe",
        "xmp", "noembed", "plaintext", "template", "svg", "math", "mi", "mtext", "foreignObject", "desc", "html",
        "head",
        "body", "frameset", "link", "meta", "isindex", "image", "keygen", "menuitem", "dialog", "ruby", "rt", "object",
        "marquee", "video", "text", "g", "set", "sin", "in", "line", "list", "nobr", "applet", "search", "slot",
    ]

    private static let attributes = [
        " a", " b=\"c\"", " c='d>e'", " d=e", " onclick=\"x<y\"", " href=javascript:1", " /", "\na=b", " \"x\"",
        "\u{B}", " =",
        " title=\"</noscript>\"",
    ]

    private static let constructs = [
        "<!-- c -->", "<!-- <b> -->", "<!doctype html>", "<![CDATA[x<y]]>", "<?php x ?>", "<!-->", "<!--->",
        "<!-- a -- b -->",
        "</ b>", "<script>a<b</script>", "<style>a<b</style>", "<script><!--<script>x</script>y", "<b<i>",
        "<a href=\"<b>\">", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<svg><script>alert(1)</script></svg>", "<math><mi>x</mi><b>y</math>", "<isindex action=javascript:alert(1)>",
    ]
}

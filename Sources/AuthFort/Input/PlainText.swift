import CGumbo

/// The text of an HTML fragment without its markup, as a page can show it.
enum PlainText {
    /// The longest fragment that is parsed, in bytes.
    ///
    /// Forgotten end tags make a tree that grows with the square of the fragment, so this bounds time and memory.
    static let maximumInputLength = 4096

    /// Gives the text that a browser would show for a fragment of a page, or nil when it is too long to parse.
    ///
    /// The characters `&`, `<`, `>` and the no-break space are written as character references.
    static func removingMarkup(from fragment: String) -> String? {
        guard fragment.utf8.count <= maximumInputLength else { return nil }
        let source = MarkupSource(fragment)
        var document = source.document
        let text = document.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var options = kGumboDefaultOptions
                options.max_errors = 0
                guard let output = gumbo_parse_with_options(&options, characters.baseAddress, characters.count) else {
                    preconditionFailure("no memory left to parse \(characters.count) bytes of markup")
                }
                defer { gumbo_destroy_output(&options, output) }
                return shownText(below: output.pointee.root, of: source)
            }
        }
        return escaped(source.restored(text))
    }

    /// Collects the text in document order.
    ///
    /// The tree can be as deep as the fragment is long, so this does not recurse.
    private static func shownText(below root: UnsafeMutablePointer<GumboNode>, of source: MarkupSource) -> String {
        var text = ""
        var pending = [root]
        while let node = pending.popLast() {
            switch node.pointee.type {
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                text += String(cString: node.pointee.v.text.text)
            case GUMBO_NODE_ELEMENT where MarkupElement(node.pointee.v.element, of: source).isTransparent:
                let children = node.pointee.v.element.children
                for index in (0..<Int(children.length)).reversed() {
                    guard let child = children.data[index] else { continue }
                    pending.append(child.assumingMemoryBound(to: GumboNode.self))
                }
            default:
                // Comments, templates and elements that are removed with what they hold.
                continue
            }
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\u{A0}": result.append(contentsOf: "&nbsp;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

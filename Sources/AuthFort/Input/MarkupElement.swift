import CGumbo

/// An element of an HTML fragment, as far as the removal of markup has to know it.
struct MarkupElement {
    private let element: GumboElement
    private let source: MarkupSource

    init(_ element: GumboElement, of source: MarkupSource) {
        self.element = element
        self.source = source
    }

    /// Whether the element's text stays when the element is removed.
    ///
    /// Scripts and style sheets go with their text. So do the elements of SVG and MathML, in their own namespaces or
    /// outside of them: a browser that reads the rest again could give it another meaning.
    var isTransparent: Bool {
        switch element.tag_namespace {
        case GUMBO_NAMESPACE_SVG: element.tag == GUMBO_TAG_SVG
        case GUMBO_NAMESPACE_MATHML: element.tag == GUMBO_TAG_MATH
        default: element.tag != GUMBO_TAG_SCRIPT && element.tag != GUMBO_TAG_STYLE && !Self.foreignNames.contains(name)
        }
    }

    private var name: String {
        let tag = UnsafeRawBufferPointer(start: element.original_tag.data, count: element.original_tag.length)
        return source.name(
            ofTag: String(decoding: tag, as: UTF8.self),
            readAs: String(cString: gumbo_normalized_tagname(element.tag))
        )
    }
}

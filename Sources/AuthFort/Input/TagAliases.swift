import CGumbo

/// Names that elements borrow so that the parser treats them as browsers of today do.
///
/// - The inside of `noscript` is text where scripts run, as in a browser; so is the inside of `noembed`.
/// - `isindex` and `select` are elements like any other.
/// - An end tag ends an element of its own name. Of elements whose names the parser does not know, it does not tell one
///   from the other.
///
/// A start tag with a borrowed name keeps its own as the name of an attribute, between two markers, which are private-use
/// characters: `<sin>` becomes `<cite/¤sin=¤ >`. The attribute has a value because it would otherwise take one that
/// belongs to no name, and no quotation marks because the tag may stand inside of some. An end tag has no attributes
/// where the parser looks for the end of an SVG element, so `</SIN>` becomes `</CITE>`.
struct TagAliases {
    private let marker: Unicode.Scalar
    private let aliases: [String: String]
    /// What an end tag with a borrowed name looks like in the fragment.
    private let endTags: [String: String]

    /// Chooses an alias for each tag of a fragment that needs one, among the names that the fragment does not mention.
    init(for fragment: String, marker: Unicode.Scalar) {
        self.marker = marker
        let mentioned = fragment.lowercased()
        var rawText = ["noframes", "noembed"].filter { !mentioned.contains($0) }
        var ordinary = Self.ordinaryNames.filter { !mentioned.contains($0) }
        var aliases: [String: String] = [:]
        let tags = TagName.all(in: Array(fragment.unicodeScalars))
        for tag in tags where aliases[tag.name] == nil {
            if tag.name == "noscript" {
                aliases[tag.name] = rawText.popLast()
            } else if ["isindex", "select"].contains(tag.name) || gumbo_tag_enum(tag.name) == GUMBO_TAG_UNKNOWN {
                // More unknown names than there are ordinary ones is nothing that a person types.
                aliases[tag.name] = ordinary.popLast()
            }
        }
        var endTags: [String: String] = [:]
        for tag in tags where tag.isEnd {
            guard let alias = aliases[tag.name] else { continue }
            endTags[tag.spelling(of: alias)] = tag.spelling
        }
        self.aliases = aliases
        self.endTags = endTags
    }

    /// The fragment with borrowed names.
    func put(into fragment: String) -> String {
        replacingTags(in: Array(fragment.unicodeScalars)) { tag in
            aliases[tag.name].map { alias in
                tag.isEnd ? tag.spelling(of: alias) : "\(alias)/\(marker)\(tag.spelling)=\(marker) "
            }
        }
    }

    /// A text of the parser without borrowed names.
    ///
    /// They are in the text where a tag is not markup, such as inside `textarea`.
    func take(outOf text: String) -> String {
        var parts = text.unicodeScalars.split(separator: marker, omittingEmptySubsequences: false)
        // What is between the first and the second marker is a name, between the third and the fourth another one.
        for index in stride(from: 1, to: parts.count - 1, by: 2) {
            guard
                let alias = aliases[String(parts[index].dropLast()).lowercased()],
                Self.ends(parts[index - 1], with: "\(alias)/"), parts[index].last == "=", parts[index + 1].first == " "
            else { continue }
            parts[index - 1].removeLast(alias.unicodeScalars.count + 1)
            parts[index].removeLast()
            parts[index + 1].removeFirst()
        }
        return replacingTags(in: Array(parts.joined())) { $0.isEnd ? endTags[$0.spelling] : nil }
    }

    /// The name that a start tag has in the fragment, where the parser read another one.
    ///
    /// The tag may be preceded by what the parser skipped.
    func name(ofTag tag: String, readAs name: String) -> String {
        let parts = tag.unicodeScalars.split(separator: marker, maxSplits: 2)
        guard parts.count == 3, Self.ends(parts[0], with: "<\(name)/") else { return name }
        let own = String(parts[1].dropLast()).lowercased()
        return aliases[own] == name ? own : name
    }

    private func replacingTags(in text: [Unicode.Scalar], by replacement: (TagName) -> String?) -> String {
        var result = String.UnicodeScalarView()
        var copied = 0
        for tag in TagName.all(in: text) {
            guard let replacement = replacement(tag) else { continue }
            result.append(contentsOf: text[copied..<tag.range.lowerBound])
            result.append(contentsOf: replacement.unicodeScalars)
            copied = tag.range.upperBound
        }
        result.append(contentsOf: text[copied...])
        return String(result)
    }

    private static func ends(_ text: Substring.UnicodeScalarView, with suffix: String) -> Bool {
        text.reversed().starts(with: suffix.unicodeScalars.reversed())
    }

    /// Elements that the parser knows, has no rule of their own for, and leaves where they are inside SVG and MathML.
    private static let ordinaryNames = [
        "abbr", "acronym", "audio", "bdi", "bdo", "blink", "canvas", "cite", "data", "datalist", "del", "dfn",
        "ins", "kbd", "label", "map", "mark", "meter", "multicol", "nextid", "output", "progress", "q", "samp",
        "spacer", "time", "video",
    ]
}

import CGumbo

/// Names that elements borrow so that the parser treats them as browsers of today do.
///
/// - The inside of `noscript` is text where scripts run, as in a browser; so is the inside of `noembed`.
/// - `isindex` and `select` are elements like any other.
/// - An end tag ends an element of its own name. Of elements whose names the parser does not know, it does not tell one
///   from the other.
///
/// A tag with a borrowed name keeps its own as the name of an attribute, between two markers, which are private-use
/// characters: `</sin>` becomes `</cite/¤sin=¤ >`. The attribute has a value because it would otherwise take one that
/// belongs to no name, and no quotation marks because the tag may stand inside of some.
struct TagAliases {
    private let marker: Unicode.Scalar
    private let aliases: [String: String]

    /// Chooses an alias for each tag of a fragment that needs one.
    init(for fragment: String, marker: Unicode.Scalar) {
        self.marker = marker
        var aliases = ["noscript": "noembed"]
        let names = Self.tags(in: Array(fragment.unicodeScalars)).map(Self.lowercased)
        var free = Self.ordinaryNames.filter { !names.contains($0) }
        for name in names where aliases[name] == nil && Self.isMisread(name) {
            // More unknown names than there are ordinary ones is nothing that a person types.
            aliases[name] = free.popLast()
        }
        self.aliases = aliases
    }

    /// The fragment with borrowed names.
    func put(into fragment: String) -> String {
        let scalars = Array(fragment.unicodeScalars)
        var result = String.UnicodeScalarView()
        var copied = 0
        for name in Self.tags(in: scalars) {
            guard let alias = aliases[Self.lowercased(name)] else { continue }
            result.append(contentsOf: scalars[copied..<name.startIndex])
            result.append(contentsOf: alias.unicodeScalars)
            result.append(contentsOf: ["/", marker])
            result.append(contentsOf: name)
            result.append(contentsOf: ["=", marker, " "])
            copied = name.endIndex
        }
        result.append(contentsOf: scalars[copied...])
        return String(result)
    }

    /// A text of the parser without borrowed names. They stand where a tag is not markup, such as inside `textarea`.
    func take(outOf text: String) -> String {
        var parts = text.unicodeScalars.split(separator: marker, omittingEmptySubsequences: false)
        // What is between the first and the second marker is a name, between the third and the fourth another one.
        for index in stride(from: 1, to: parts.count - 1, by: 2) {
            guard let alias = aliases[String(parts[index].dropLast()).lowercased()] else { continue }
            parts[index - 1].removeLast(alias.unicodeScalars.count + 1)
            parts[index].removeLast()
            parts[index + 1].removeFirst()
        }
        return String(String.UnicodeScalarView(parts.joined()))
    }

    /// The name that a start tag has in the fragment, or nil when it did not borrow one.
    func name(ofTag tag: String) -> String? {
        let parts = tag.unicodeScalars.split(separator: marker, maxSplits: 2)
        guard parts.count == 3 else { return nil }
        let name = String(parts[1].dropLast()).lowercased()
        return aliases[name].map { String(parts[0]) == "<\($0)/" } == true ? name : nil
    }

    private static func isMisread(_ name: String) -> Bool {
        name == "isindex" || name == "select" || gumbo_tag_enum(name) == GUMBO_TAG_UNKNOWN
    }

    private static func lowercased(_ name: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(name)).lowercased()
    }

    /// The names of all start and end tags, and of some text that looks like one.
    private static func tags(in scalars: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
        scalars.indices.filter { scalars[$0] == "<" }.compactMap { opening in
            let start = scalars[(opening + 1)...].first == "/" ? opening + 2 : opening + 1
            let name = scalars[min(start, scalars.endIndex)...].prefix(while: isNameCharacter)
            guard let first = name.first, first.properties.isAlphabetic else { return nil }
            // Other characters belong to the name too, but not to the name of an attribute.
            guard let next = scalars[name.endIndex...].first else { return name }
            return "\t\n\u{0C}\r />".unicodeScalars.contains(next) ? name : nil
        }
    }

    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ":", ".", "_": true
        default: false
        }
    }

    /// Elements that the parser knows, has no rule of their own for, and leaves where they are inside SVG and MathML.
    private static let ordinaryNames = [
        "abbr", "acronym", "audio", "bdi", "bdo", "blink", "canvas", "cite", "data", "datalist", "del", "dfn", "ins",
        "kbd",
        "label", "map", "mark", "meter", "multicol", "nextid", "output", "progress", "q", "samp", "spacer", "time",
        "video",
    ]
}

/// The name of a start or end tag and where it stands in a text.
struct TagName {
    /// Where the name is, counted in code points.
    let range: Range<Int>
    /// Whether a slash precedes the name.
    let isEnd: Bool
    /// The name as it is spelt.
    let spelling: String

    /// The name that this is a spelling of.
    var name: String { spelling.lowercased() }

    /// Finds the names of all tags in a text, and of some parts of it that only look like tags.
    ///
    /// Without names that have characters which an attribute's name cannot have.
    static func all(in text: [Unicode.Scalar]) -> [TagName] {
        text.indices.filter { text[$0] == "<" }.compactMap { bracket in
            let isEnd = text[(bracket + 1)...].first == "/"
            let characters = text[(bracket + (isEnd ? 2 : 1))...].prefix(while: isNameCharacter)
            // A hyphen at the end may be that of a comment.
            guard let first = characters.first, first.properties.isAlphabetic, characters.last != "-" else {
                return nil
            }
            let next = text[characters.endIndex...].first ?? " "
            guard ["\t", "\n", "\u{0C}", "\r", " ", "/", ">"].contains(next) else { return nil }
            return TagName(
                range: characters.startIndex..<characters.endIndex,
                isEnd: isEnd,
                spelling: String(String.UnicodeScalarView(characters))
            )
        }
    }

    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ":", ".", "_": true
        default: false
        }
    }

    /// Another name with the capitals of this one: none, all, or the first.
    func spelling(of other: String) -> String {
        if spelling == name { return other }
        return spelling == spelling.uppercased() ? other.uppercased() : other.prefix(1).uppercased() + other.dropFirst()
    }
}

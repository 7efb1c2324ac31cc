/// A fragment of HTML, spelt so that the parser reads it as browsers of today do.
///
/// The parser follows an edition of the standard that is a decade old. What has changed can be said in its own terms:
/// a byte order mark in front is not text, control characters are (`StandIns`), and some elements have to borrow the
/// name of another one (`TagAliases`).
struct MarkupSource {
    /// What the parser reads.
    ///
    /// The fragment is the content of a page's body, after a line break: nothing turns such a body into a set of frames.
    let document: String
    private let standIns: StandIns
    private let aliases: TagAliases

    init(_ fragment: String) {
        let start = fragment.unicodeScalars.first == "\u{FEFF}" ? 1 : 0
        let fragment = String(fragment.unicodeScalars.dropFirst(start))
        standIns = StandIns(for: fragment)
        aliases = TagAliases(for: fragment, marker: standIns.marker)
        document = "<!doctype html><body><br>" + aliases.put(into: standIns.put(into: fragment))
    }

    /// A part of the parser's text in the spelling of the fragment.
    func restored(_ text: String) -> String {
        standIns.take(outOf: aliases.take(outOf: text))
    }

    /// The name that a start tag has in the fragment, where the parser read another one.
    func name(ofTag tag: String, readAs name: String) -> String {
        aliases.name(ofTag: tag, readAs: name)
    }
}

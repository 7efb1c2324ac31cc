/// A text that is kept out of logs: printing, interpolating, dumping and reflecting it all give `***`.
///
/// Only ``reveal()`` gives the text, so that every place that uses it can be found by name.
public struct Secret: Sendable, Hashable {
    private let text: String

    /// Keeps a text secret; the empty text is a secret like any other.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the code that hands it to a database.
    public func reveal() -> String { text }

    /// Two secrets are equal when they have the same bytes.
    ///
    /// `String` compares more loosely: it takes a letter with an accent and the same letter followed by a combining
    /// accent for equal, which a server that checks a password does not.
    public static func == (left: Secret, right: Secret) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `***`, also for the empty text.
    public var description: String { "***" }

    /// Always `***`.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

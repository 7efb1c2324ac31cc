/// A text of which the libraries make different things, and why that stays.
struct KnownDifference: Sendable {
    let rule: InputRule
    let text: String
    /// What this library makes of it.
    let outcome: String
    /// What the Python library makes of it, or nil where that depends on the version of Python or of a package.
    let pythonOutcome: String?
    let reason: String
}

extension KnownDifference {
    static let all = emails + names + avatars

    private static let emails = [
        Self(
            rule: .email,
            text: "a@\u{30000}.com",
            outcome: "400 invalid_email: Invalid email address",
            pythonOutcome: nil,
            reason: "letters that are newer than the C library's tables cannot be checked"
        ),
        Self(
            rule: .email,
            text: "a@b\u{3164}c.com",
            outcome: "400 invalid_email: Invalid email address",
            pythonOutcome: nil,
            reason: "the latest edition of UTS 46 ignores fillers; a name with an invisible letter is refused"
        ),
    ]

    private static let names = [
        Self(
            rule: .name,
            text: "<script></script>\u{FEFF}Ann",
            outcome: #""\u{feff}Ann""#,
            pythonOutcome: "\"Ann\"",
            reason: "the other parser takes the text after a script for the start of its input"
        ),
        Self(
            rule: .name,
            text: "<svg></p><x>Ann",
            outcome: "none",
            pythonOutcome: "\"Ann\"",
            reason: "the parser's edition of the standard does not leave SVG at the end of a paragraph"
        ),
        Self(
            rule: .name,
            text: "<svg><g>Ann</g >Lee",
            outcome: "none",
            pythonOutcome: "\"Lee\"",
            reason: "the parser overlooks an end tag with white space inside SVG"
        ),
        Self(
            rule: .name,
            text: "<select><text>Ann<input>Lee",
            outcome: "none",
            pythonOutcome: "\"Lee\"",
            reason: "the parser's edition of the standard does not end a menu at an input field"
        ),
        Self(
            rule: .name,
            text: "Ann" + String(repeating: "<b>", count: 1400),
            outcome: "400 invalid_name: Name must be 255 characters or fewer",
            pythonOutcome: "\"Ann\"",
            reason: "markup of more than 4096 bytes is not parsed"
        ),
    ]

    private static let avatars = [
        Self(
            rule: .avatar,
            text: "https://example.com/\u{0}",
            outcome: "400 invalid_avatar_url: Avatar URL must be a valid http or https URL",
            pythonOutcome: #""https://example.com/\u{0}""#,
            reason: "PostgreSQL cannot store the character"
        ),
        Self(
            rule: .avatar,
            text: "https://a[::1]b/",
            outcome: "400 invalid_avatar_url: Avatar URL must be a valid http or https URL",
            pythonOutcome: nil,
            reason: "earlier versions of Python accept text beside the brackets"
        ),
        Self(
            rule: .avatar,
            text: "https://[example]/",
            outcome: "400 invalid_avatar_url: Avatar URL must be a valid http or https URL",
            pythonOutcome: nil,
            reason: "earlier versions of Python accept any text inside the brackets"
        ),
        Self(
            rule: .avatar,
            text: "\u{1}https://example.com/",
            outcome: #""\u{1}https://example.com/""#,
            pythonOutcome: nil,
            reason: "earlier versions of Python do not skip control characters in front"
        ),
    ]
}

extension DatabaseURL {
    /// The URL as text, from which an equal URL can be parsed when the password is revealed.
    ///
    /// Everything that a reader could take for a delimiter is percent-encoded, so other parsers read the same parts.
    ///
    /// - Parameter revealingPassword: Whether the password and the secret values of the query are written out. By
    ///   default each is `***`, also when it is empty.
    /// - Returns: The text, which is ASCII.
    public func text(revealingPassword: Bool = false) -> String {
        var text = scheme + "://"
        if user != nil || password != nil {
            text += PercentEncoding.encode(user ?? "")
            if let password {
                text += ":" + (revealingPassword ? PercentEncoding.encode(password.reveal()) : password.description)
            }
            text += "@"
        }
        text += authorityHosts.map(\.description).joined(separator: ",")
        if let database {
            text += "/" + PercentEncoding.encode(database, keeping: ":/")
        }
        if !query.isEmpty {
            text += "?" + query.text(revealingSecrets: revealingPassword)
        }
        return text
    }
}

extension DatabaseURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The URL as text, with `***` for the password.
    public var description: String { text() }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror that shows only what ``description`` shows.
    public var customMirror: Mirror { Mirror(self, children: ["text": description]) }
}

extension DatabaseURL: Hashable {
    /// Two URLs are equal when their texts are, byte for byte.
    ///
    /// The text is ASCII, so this tells apart file names that look alike but are composed of different Unicode scalars,
    /// which a comparison of the parts as `String` would not.
    public static func == (left: DatabaseURL, right: DatabaseURL) -> Bool {
        left.text(revealingPassword: true) == right.text(revealingPassword: true)
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text(revealingPassword: true))
    }
}

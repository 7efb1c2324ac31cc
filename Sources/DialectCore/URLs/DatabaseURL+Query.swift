extension DatabaseURL {
    /// The options of a URL: names with values, in order, a name as often as it was given.
    public struct Query: Sendable, Hashable {
        private let parameters: [Parameter]

        /// Makes a query of its options, which are checked when a URL is made of it.
        public init(_ parameters: [Parameter] = []) {
            self.parameters = parameters
        }

        /// Whether there is no option.
        public var isEmpty: Bool { parameters.isEmpty }

        /// The number of options.
        public var count: Int { parameters.count }

        /// Whether there is an option of that name.
        public func contains(_ name: String) -> Bool { parameters.contains { $0.name == name } }

        /// The first value of a name, or nil when the name is not there.
        public func first(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

        /// All values of a name, in order.
        public func all(_ name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }

        /// The value of a name that may be given once, or nil when it is not there.
        ///
        /// For options where taking one of two values would be a guess, such as those that choose the security of a
        /// connection.
        ///
        /// - Throws: `DatabaseError` with the code `invalidURL` when the name is given more than once.
        public func single(_ name: String) throws(DatabaseError) -> String? {
            let values = all(name)
            guard values.count <= 1 else {
                // The name is the caller's own, not text of the URL, so it may be shown.
                throw DatabaseError(.invalidURL, "the URL's query gives \(name) more than once; give it once")
            }
            return values.first
        }
    }
}

extension DatabaseURL.Query {
    /// One option of a URL.
    public struct Parameter: Sendable, Hashable {
        /// The name, percent-decoded and never empty in a URL.
        public var name: String
        /// The value, percent-decoded and perhaps empty.
        public var value: String

        /// Makes an option.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// Whether descriptions leave the value out, judged by the name.
        ///
        /// libpq and others take passwords, keys and tokens in the query (`password`, `sslpassword`,
        /// `oauth_client_secret`). Hiding too much does no harm.
        var isSecret: Bool {
            let name = name.lowercased()
            return ["pass", "pwd", "secret", "token", "credential", "key"].contains { name.contains($0) }
        }

        func check() throws(DatabaseError) {
            guard !name.isEmpty else {
                throw .invalidURL(.query, "has a value without a name; write name=value")
            }
            try DatabaseURL.checkText(name, of: .query)
            try DatabaseURL.checkText(value, of: .query)
        }

        func text(revealingSecrets: Bool) -> String {
            // `:`, `/` and `,` are safe in a query (RFC 3986, section 3.4) and keep paths and lists of hosts readable.
            let shown = isSecret && !revealingSecrets ? "***" : PercentEncoding.encode(value, keeping: ":/,")
            return PercentEncoding.encode(name) + "=" + shown
        }
    }
}

extension DatabaseURL.Query: Sequence, ExpressibleByDictionaryLiteral {
    /// An iterator over the options in order.
    public func makeIterator() -> IndexingIterator<[Parameter]> { parameters.makeIterator() }

    /// Makes a query of names and values, in order; a name may be repeated.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Parameter(name: $0.0, value: $0.1) })
    }
}

extension DatabaseURL.Query: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The options as they are written in a URL, with the values of secret ones as `***`.
    public var description: String { text(revealingSecrets: false) }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror that shows what ``description`` shows.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: parameters, displayStyle: .collection) }

    func text(revealingSecrets: Bool) -> String {
        parameters.map { $0.text(revealingSecrets: revealingSecrets) }.joined(separator: "&")
    }
}

extension DatabaseURL.Query.Parameter: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The option as it is written in a URL, the value of a secret one as `***`.
    public var description: String { text(revealingSecrets: false) }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The address of a database: `scheme://user:password@host:port/database?option=value`.
///
/// The grammar is that of SQLAlchemy's "Database URLs" page, which follows RFC 3986 loosely, with libpq's list of hosts
/// (`host1:1,host2:2`) added. A URL is only grammar: which schemes there are, what a database name means and which
/// options exist is for the dialect to say.
///
/// The password never shows: not in `description`, not in `dump`, not in an error. Print a URL freely.
public struct DatabaseURL: Sendable {
    /// The whole scheme in lower case, driver suffix included: RFC 3986 compares schemes without case.
    public let scheme: String
    /// The user, or nil when the URL names none or an empty one.
    public let user: String?
    /// The password, which may be empty (`user:@host`), or nil when the URL has none.
    public let password: Secret?
    /// The hosts to try, in order, or none, and then the dialect's default applies.
    ///
    /// They are the hosts of the query's `host` options where there are any, else those before the database.
    public let hosts: [Host]
    /// Everything between the `/` after the hosts and the `?`, percent-decoded, or nil when that is empty.
    ///
    /// A file path keeps its own slash: `scheme:///relative.db` gives `relative.db`, `scheme:////absolute.db` gives
    /// `/absolute.db`, and `scheme://` and `scheme:///` give nil.
    public let database: String?
    /// The options after the `?`, in order, with repeated names kept.
    public let query: Query

    /// The hosts written before the database; what ``hosts`` shows may come from the query instead.
    let authorityHosts: [Host]

    /// The first host's name, or nil when the URL names no host.
    public var host: String? { hosts.first?.name }

    /// The first host's port, or nil when the URL names none.
    public var port: Int? { hosts.first?.port }

    /// Makes a URL of its parts, which are plain text: nothing is percent-decoded.
    ///
    /// - Parameters:
    ///   - scheme: A letter, then letters, digits, `+`, `-`, `.` and `_`.
    ///   - user: The user; the empty text counts as none.
    ///   - password: The password.
    ///   - hosts: The hosts, in the order in which they are tried. The query's `host` options win over them.
    ///   - database: The database; the empty text counts as none.
    ///   - query: The options.
    /// - Throws: `DatabaseError` with the code `invalidURL` and a message that names the part at fault when a part cannot
    ///   be written in a URL or two parts contradict each other.
    public init(
        scheme: String,
        user: String? = nil,
        password: Secret? = nil,
        hosts: [Host] = [],
        database: String? = nil,
        query: Query = Query()
    ) throws(DatabaseError) {
        try Self.checkScheme(scheme.utf8)
        self.scheme = scheme.lowercased()
        self.user = user.flatMap { $0.isEmpty ? nil : $0 }
        self.password = password
        self.authorityHosts = hosts
        self.database = database.flatMap { $0.isEmpty ? nil : $0 }
        self.query = query
        try Self.checkText(user, of: .user)
        try Self.checkText(password?.reveal(), of: .password)
        try Self.checkText(database, of: .database)
        for host in hosts { try host.check() }
        for parameter in query { try parameter.check() }
        self.hosts = try HostParsing.hosts(of: hosts, and: query)
        if self.user != nil || password != nil, self.hosts.isEmpty, self.database == nil, query.isEmpty {
            throw .invalidURL(.host, "is empty and nothing else follows the user; write user@host/database")
        }
    }

    /// Checks a scheme: RFC 3986, section 3.1, and the `_` that SQLAlchemy accepts.
    static func checkScheme(_ scheme: some Collection<UInt8>) throws(DatabaseError) {
        guard let first = scheme.first else {
            throw .invalidURL(.scheme, "is empty; write the dialect's scheme before ://")
        }
        let rest = scheme.dropFirst()
        guard
            URLCharacters.isLetter(first),
            rest.allSatisfy({
                URLCharacters.isLetter($0) || URLCharacters.isDigit($0) || URLCharacters.isAny($0, of: "+-._")
            })
        else {
            throw .invalidURL(
                .scheme,
                "is not a letter followed by letters, digits, +, -, . and _; write scheme://user:password@host/database"
            )
        }
    }

    static func checkText(_ text: String?, of part: URLPart) throws(DatabaseError) {
        guard text?.utf8.contains(0) != true else {
            throw .invalidURL(part, "has a NUL character in it, which no database accepts; remove it")
        }
    }
}

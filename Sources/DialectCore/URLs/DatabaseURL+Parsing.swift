extension DatabaseURL {
    /// Reads a URL.
    ///
    /// The grammar is SQLAlchemy's ("Database URLs"). These are the differences, each on the strict side:
    /// - Host and database end where RFC 3986 says: at the first `/` and `?`. SQLAlchemy lets a password run on over
    ///   them to the next `@`; here such a password must be percent-encoded. See `checkPasswordIsEnclosed`.
    /// - Of several `@` before the first `/` or `?` the last one ends the user and password, because a host name has
    ///   none. SQLAlchemy takes the first one after the password's colon and gets an impossible host.
    /// - `#`, a lone `%`, control characters, ports out of range, brackets around anything but an IPv6 address and query
    ///   options without a name or `=` are errors.
    ///
    /// - Throws: `DatabaseError` with the code `invalidURL` and a message that names the part at fault and never quotes
    ///   the URL.
    public init(_ text: String) throws(DatabaseError) {
        try Self.checkEnds(of: text)
        let (scheme, rest) = try Self.splitScheme(of: Array(text.utf8))
        let end = rest.firstIndex { URLCharacters.isAny($0, of: "/?") } ?? rest.endIndex
        try Self.checkPasswordIsEnclosed(in: rest, authorityEnd: end)

        var hosts = rest[..<end]
        var user: String?
        var password: Secret?
        if let at = hosts.lastIndex(of: UInt8(ascii: "@")) {
            let userInformation = hosts[..<at]
            hosts = hosts[(at + 1)...]
            let colon = userInformation.firstIndex(of: UInt8(ascii: ":"))
            user = try PercentEncoding.decode(userInformation[..<(colon ?? at)], of: .user)
            if let colon {
                password = Secret(try PercentEncoding.decode(userInformation[(colon + 1)...], of: .password))
            }
        }

        let question = rest[end...].firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        try self.init(
            scheme: scheme,
            user: user,
            password: password,
            hosts: HostParsing.hosts(inAuthority: hosts),
            database: PercentEncoding.decode(rest[end..<question].dropFirst(), of: .database),
            query: Self.parseQuery(rest[question...].dropFirst())
        )
    }

    /// Refuses an empty text, and white space around it, which comes from files and copied lines.
    private static func checkEnds(of text: String) throws(DatabaseError) {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
            throw .invalidURL(.text, "is empty; write scheme://user:password@host:port/database")
        }
        if URLCharacters.isInvisible(first) || URLCharacters.isInvisible(last) {
            throw .invalidURL(
                .text,
                "begins or ends with a space, a line break or an invisible character; remove it, or percent-encode it"
            )
        }
    }

    private static func splitScheme(
        of text: [UInt8]
    ) throws(DatabaseError) -> (scheme: String, rest: ArraySlice<UInt8>) {
        guard
            let colon = text.indices.first(where: { text[$0...].starts(with: "://".utf8) })
        else {
            throw .invalidURL(.scheme, "is not followed by ://; write scheme://user:password@host:port/database")
        }
        try checkScheme(text[..<colon])
        return (String(decoding: text[..<colon], as: UTF8.self), text[(colon + 3)...])
    }

    /// Refuses a text in which a password may reach beyond the user information.
    ///
    /// A password stands between a `:` and an `@`. If it has an unescaped `/` or `?`, the authority ends inside of it,
    /// and its `@` comes after the authority's end. So an `@` there is accepted only where no `:` comes before it. What
    /// is refused beyond need is an unescaped `@` in a database or query, which can be written as `%40`; what is gained
    /// is that no part of a password is ever taken, and shown, as a host, port, database or option.
    private static func checkPasswordIsEnclosed(
        in rest: ArraySlice<UInt8>,
        authorityEnd end: Int
    ) throws(DatabaseError) {
        guard
            let at = rest[end...].lastIndex(of: UInt8(ascii: "@")),
            rest[..<at].contains(UInt8(ascii: ":"))
        else { return }
        throw .invalidURL(
            .password,
            """
            cannot be told from what follows it, because an unescaped @ comes after a / or ?; percent-encode special \
            characters in user and password (/ is %2F, ? is %3F, # is %23, @ is %40), and an @ in the database or query
            """
        )
    }

    /// Reads `name=value` pairs separated by `&`, with `+` for a space, as HTML forms and SQLAlchemy do.
    ///
    /// Unlike SQLAlchemy's default, an option with an empty value is kept.
    private static func parseQuery(_ text: ArraySlice<UInt8>) throws(DatabaseError) -> Query {
        var parameters: [Query.Parameter] = []
        for item in text.split(separator: UInt8(ascii: "&")) {
            guard let equals = item.firstIndex(of: UInt8(ascii: "=")) else {
                throw .invalidURL(.query, "has an option without a value; write name=value, with & between options")
            }
            let name = try PercentEncoding.decode(item[..<equals], of: .query, plusIsSpace: true)
            let value = try PercentEncoding.decode(item[(equals + 1)...], of: .query, plusIsSpace: true)
            parameters.append(Query.Parameter(name: name, value: value))
        }
        return Query(parameters)
    }
}

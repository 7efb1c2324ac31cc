/// Reads hosts from where a URL may name them: before the database, or in the query.
enum HostParsing {
    typealias Host = DatabaseURL.Host

    static let emptyName = DatabaseError.invalidURL(
        .host,
        "is empty; write a host name, or leave out the comma, brackets or port beside it"
    )
    static let portOutOfRange = DatabaseError.invalidURL(
        .port,
        """
        is not a number from 1 to 65535; write one, or, when a password was meant, write user:password@host and \
        percent-encode its special characters
        """
    )

    /// The hosts before the database: RFC 3986's `host [":" port]` (section 3.2), and several of them as in libpq,
    /// separated by commas.
    ///
    /// Host names are percent-decoded as in RFC 3986 and libpq (SQLAlchemy does not), so `%2Frun%2Fdb` is a socket
    /// directory.
    static func hosts(inAuthority text: ArraySlice<UInt8>) throws(DatabaseError) -> [Host] {
        guard !text.isEmpty else { return [] }
        var hosts: [Host] = []
        for item in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let (name, port) = try split(item)
            guard item.first == UInt8(ascii: "[") || name.allSatisfy(URLCharacters.isHostName) else {
                throw .invalidURL(.host, "has a character in it that host names do not have; percent-encode it")
            }
            let host = Host(try PercentEncoding.decode(name, of: .host), port: try port.map(number))
            try check(host, isBracketed: item.first == UInt8(ascii: "["))
            hosts.append(host)
        }
        return hosts
    }

    /// The hosts that a URL means: those of the query's `host` options where there are any, else `authority`.
    ///
    /// SQLAlchemy has three spellings, and all are read here: `?host=a:1&host=b:2`, `?host=a,b&port=1,2` (libpq's own)
    /// and `?host=/socket/directory`. As in libpq one `port` serves several hosts. Stricter than SQLAlchemy: a colon in a
    /// host name always begins a port, and a port that is given twice is an error.
    static func hosts(
        of authority: [Host],
        and query: DatabaseURL.Query
    ) throws(DatabaseError) -> [Host] {
        var hosts = authority
        if query.contains("host") {
            hosts = []
            for item in items(query.all("host")) {
                let host = try self.host(inQuery: item)
                try check(host, isBracketed: item.first == UInt8(ascii: "["))
                hosts.append(host)
            }
        }
        guard query.contains("port") else { return hosts }
        var ports: [Int?] = []
        for item in items(query.all("port")) {
            ports.append(item.isEmpty ? nil : try number(item))
        }
        guard hosts.allSatisfy({ $0.port == nil }) else {
            throw .invalidURL(.port, "is given both beside the host and in the query; give it once")
        }
        guard ports.count == 1 || ports.count == hosts.count else {
            throw .invalidURL(.port, "list in the query is not as long as the list of hosts; give each host its port")
        }
        for index in hosts.indices {
            hosts[index].port = ports.count == 1 ? ports[0] : ports[index]
        }
        return hosts
    }

    /// Reads one host of a `host` option, where a socket path is taken whole because it may hold colons.
    private static func host(inQuery item: ArraySlice<UInt8>) throws(DatabaseError) -> Host {
        let text = String(decoding: item, as: UTF8.self)
        if item.first.map({ URLCharacters.isAny($0, of: "/@") }) == true || IPv6Syntax.matches(text) {
            return Host(text)
        }
        let (name, port) = try split(item)
        return Host(String(decoding: name, as: UTF8.self), port: try port.map(number))
    }

    /// Separates the name, without its brackets, from the text of the port.
    private static func split(
        _ item: ArraySlice<UInt8>
    ) throws(DatabaseError) -> (name: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
        guard item.first == UInt8(ascii: "[") else {
            let pieces = item.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard pieces.count <= 2 else {
                throw .invalidURL(
                    .host,
                    "has more than one colon; write an IPv6 address in brackets and percent-encode any other colon as %3A"
                )
            }
            return (pieces[0], pieces.count == 2 ? pieces[1] : nil)
        }
        guard let close = item.firstIndex(of: UInt8(ascii: "]")) else {
            throw .invalidURL(.host, "has an opening bracket without a closing one; write an IPv6 address as [::1]")
        }
        let port = item[(close + 1)...]
        guard port.isEmpty || port.first == UInt8(ascii: ":") else {
            throw .invalidURL(.host, "has text after the closing bracket; only a colon and a port may follow it")
        }
        return (item[..<close].dropFirst(), port.isEmpty ? nil : port.dropFirst())
    }

    private static func check(_ host: Host, isBracketed: Bool) throws(DatabaseError) {
        guard !host.name.isEmpty else { throw emptyName }
        guard !isBracketed || IPv6Syntax.matches(host.name) else {
            throw .invalidURL(.host, "has brackets around something that is not an IPv6 address; write it without them")
        }
    }

    /// Stricter than SQLAlchemy, which takes any number, also a negative one.
    private static func number(_ digits: ArraySlice<UInt8>) throws(DatabaseError) -> Int {
        guard !digits.isEmpty else {
            throw .invalidURL(.port, "is empty; write a number after the colon or leave the colon out")
        }
        guard
            digits.allSatisfy(URLCharacters.isDigit),
            let port = Int(String(decoding: digits, as: UTF8.self)),
            (1...65535).contains(port)
        else { throw portOutOfRange }
        return port
    }

    private static func items(_ values: [String]) -> [ArraySlice<UInt8>] {
        values.flatMap { Array($0.utf8).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) }
    }
}

extension DatabaseURL {
    /// One place to try to connect to.
    public struct Host: Sendable, Hashable {
        /// A host name, an IPv4 address, an IPv6 address without brackets, or the directory of a Unix-domain socket.
        public var name: String
        /// The TCP port, from 1 to 65535, or nil for the dialect's default.
        public var port: Int?

        /// Makes a host, which is checked when a URL is made of it.
        public init(_ name: String, port: Int? = nil) {
            self.name = name
            self.port = port
        }

        func check() throws(DatabaseError) {
            guard !name.isEmpty else { throw HostParsing.emptyName }
            try checkText(name, of: .host)
            if let port, !(1...65535).contains(port) { throw HostParsing.portOutOfRange }
        }
    }
}

extension DatabaseURL.Host: CustomStringConvertible {
    /// The host as it is written in a URL: percent-encoded, an IPv6 address in brackets, the port after a colon.
    public var description: String {
        let isAddress = IPv6Syntax.matches(name)
        let encoded = PercentEncoding.encode(name, keeping: isAddress ? ":" : "!$&'()*+;=")
        return (isAddress ? "[\(encoded)]" : encoded) + (port.map { ":\($0)" } ?? "")
    }
}

/// The peers whose `X-Forwarded-For` and `X-Real-IP` headers are believed.
///
/// A client can write these headers itself, so they count only when they come from a proxy that is known.
public struct TrustedProxies: Sendable, Hashable {
    private enum Peers: Sendable, Hashable {
        case any
        case networks([IPNetwork])
    }

    private let peers: Peers

    /// No peer: the client's address is that of the connection.
    public static let none = TrustedProxies(peers: .networks([]))
    /// Every peer.
    ///
    /// Safe only where nothing but a proxy can reach the server.
    public static let any = TrustedProxies(peers: .any)

    private init(peers: Peers) {
        self.peers = peers
    }

    /// Trusts the peers with these addresses.
    ///
    /// - Parameter entries: IPv4 and IPv6 addresses and networks, such as `10.0.0.1`, `172.18.0.0/16`,
    ///   `10.0.0.0/255.0.0.0` or `2001:db8::/32`. Bits behind the prefix may be set: `10.0.0.1/8` is `10.0.0.0/8`.
    /// - Throws: A `ConfigurationError` that quotes the first entry that is neither an address nor a network.
    public init(_ entries: [String]) throws(ConfigurationError) {
        var networks: [IPNetwork] = []
        for entry in entries {
            guard let network = IPNetwork(entry) else {
                throw ConfigurationError(
                    option: "proxies",
                    problem: """
                        Invalid IP/CIDR in trusted proxies: '\(entry)'. Expected an IP address or CIDR \
                        (e.g. '10.0.0.1', '172.18.0.0/16').
                        """
                )
            }
            networks.append(network)
        }
        self.init(peers: .networks(networks))
    }

    /// Whether the headers of a peer are believed.
    func trusts(_ peer: IPAddress) -> Bool {
        switch peers {
        case .any: true
        case .networks(let networks): networks.contains { $0.contains(peer) }
        }
    }
}

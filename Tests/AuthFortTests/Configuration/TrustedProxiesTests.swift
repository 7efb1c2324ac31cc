import Testing

@testable import AuthFort

@Suite struct TrustedProxiesTests {
    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1", 32), ("10.0.0.1/8", "10.0.0.0", 8), ("10.0.0.1/08", "10.0.0.0", 8),
        ("10.0.0.0/255.0.0.0", "10.0.0.0", 8), ("10.0.0.0/0.255.255.255", "10.0.0.0", 8),
        ("10.0.0.0/0.0.0.255", "10.0.0.0", 24), ("10.0.0.0/0.0.0.0", "0.0.0.0", 0),
        ("10.0.0.0/255.255.255.255", "10.0.0.0", 32), ("0.0.0.0/0", "0.0.0.0", 0), ("::1", "::1", 128),
        ("::1/64", "::", 64), ("2001:db8:ffff::/32", "2001:db8::", 32), ("::/0", "::", 0),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", 128), ("::1.2.3.4", "::102:304", 128),
        ("::ffff:10.1.2.3/104", "10.0.0.0", 8), ("::ffff:10.0.0.1", "10.0.0.1", 32),
    ])
    func aNetworkIsReadFromText(_ text: String, _ base: String, _ prefixLength: Int) throws {
        let network = try #require(IPNetwork(text))
        #expect(network.base == IPAddress(base))
        #expect(network.prefixLength == prefixLength)
    }

    @Test(arguments: [
        "", "/8", "10.0.0", "10.0.0.01", "10.0.0.256", "10.0.0.1/33", "10.0.0.1/", "10.0.0.1/+8", "10.0.0.1/-1",
        "10.0.0.1/8/9", "10.0.0.0/255.0.255.0", "10.0.0.0/٨", " 10.0.0.1", "10.0.0.1 ", "10.0.0.1\0", "10.0.0.1:80",
        "localhost", "::/129", "1::2::3", "[::1]", "::/ffff::", "fe80::1%eth0", "::1/255.0.0.0",
        "10.0.0.1/99999999999999",
    ])
    func aBadEntryIsQuoted(_ entry: String) {
        let error = #expect(throws: ConfigurationError.self) { try TrustedProxies(["127.0.0.1", entry]) }
        #expect(error?.option == "proxies")
        #expect(
            error?.problem == """
                Invalid IP/CIDR in trusted proxies: '\(entry)'. Expected an IP address or CIDR \
                (e.g. '10.0.0.1', '172.18.0.0/16').
                """
        )
    }

    @Test(arguments: [
        ("172.18.0.0/16", "172.18.255.255", true), ("172.18.0.0/16", "172.19.0.0", false),
        ("172.18.0.0/16", "::ffff:172.18.3.4", true), ("::ffff:172.18.0.0/112", "172.18.3.4", true),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "2001:db8::1", true),
        ("2001:db8::/32", "2001:db8:1::1", true), ("2001:db8::/32", "2001:db9::1", false),
        ("10.0.0.1", "10.0.0.2", false),
        ("::/0", "203.0.113.9", false),
    ])
    func aPeerIsTrustedInsideTheNetwork(_ network: String, _ peer: String, _ isTrusted: Bool) throws {
        let address = try #require(IPAddress(peer))
        #expect(try TrustedProxies([network]).trusts(address) == isTrusted)
    }

    @Test func noneTrustsNobodyAndAnyEverybody() throws {
        let address = try #require(IPAddress("127.0.0.1"))
        #expect(!TrustedProxies.none.trusts(address))
        #expect(try !TrustedProxies([]).trusts(address))
        #expect(TrustedProxies.any.trusts(address))
    }
}

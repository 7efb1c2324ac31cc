#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An address in the brackets of a URL's host (RFC 3986, section 3.2.2, and RFC 6874 for its zone).
enum IPLiteral {
    /// Whether the text is an IPv6 address, with or without a zone, or has the form of a later version's address.
    static func isValid(_ text: Substring) -> Bool {
        if text.first == "v" {
            let parts = text.dropFirst().split(separator: ".", maxSplits: 1)
            return parts.count == 2 && parts[0].allSatisfy { $0.isASCII && $0.isHexDigit }
        }
        let parts = text.split(separator: "%", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else { return false }
        var address = in6_addr()
        return inet_pton(AF_INET6, String(parts[0]), &address) == 1
    }
}

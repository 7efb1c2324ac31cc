#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// An IPv4 or IPv6 address.
///
/// An IPv4 address mapped into IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
struct IPAddress: Sendable, Hashable {
    /// 32 or 128.
    let width: Int
    /// The address as a number, in the low `width` bits.
    let bits: UInt128

    init(width: Int, bits: UInt128) {
        self.width = width
        self.bits = bits
    }

    /// Reads the text form.
    ///
    /// Nil for anything but an address: no port, brackets, zone or white space.
    init?(_ text: some StringProtocol) {
        guard let address = Self(literally: text) else { return nil }
        self = address.unmapped
    }

    /// Reads the text form and leaves a mapped address as it is.
    init?(literally text: some StringProtocol) {
        let text = String(text)
        guard !text.utf8.contains(0) else { return nil }
        if let bytes = Self.bytes(of: text, family: AF_INET, count: 4) {
            self.init(width: 32, bits: Self.number(bytes))
        } else if let bytes = Self.bytes(of: text, family: AF_INET6, count: 16) {
            self.init(width: 128, bits: Self.number(bytes))
        } else {
            return nil
        }
    }

    /// The IPv4 address when this is one mapped into `::ffff:0:0/96` (RFC 4291 section 2.5.5.2), else the address.
    var unmapped: IPAddress {
        guard width == 128, bits >> 32 == 0xFFFF else { return self }
        return IPAddress(width: 32, bits: bits & 0xFFFF_FFFF)
    }

    private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    private static func number(_ bytes: [UInt8]) -> UInt128 {
        bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }
}

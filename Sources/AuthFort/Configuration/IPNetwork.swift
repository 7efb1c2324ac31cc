/// A range of addresses that share their first bits, such as `172.18.0.0/16`.
struct IPNetwork: Sendable, Hashable {
    /// The first address of the range.
    let base: IPAddress
    /// How many leading bits the addresses share.
    let prefixLength: Int

    /// Reads an address, or an address with a prefix length, netmask or (IPv4) host mask behind a slash.
    ///
    /// Bits behind the prefix may be set and are ignored. A network of mapped addresses is the IPv4 network.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(literally: parts[0]) else { return nil }
        var length = address.width
        if parts.count == 2 {
            guard let given = Self.prefixLength(parts[1], width: address.width) else { return nil }
            length = given
        }
        if address.unmapped.width != address.width, length >= 96 {
            self.init(address.unmapped, prefixLength: length - 96)
        } else {
            self.init(address, prefixLength: length)
        }
    }

    private init(_ address: IPAddress, prefixLength: Int) {
        let hostBits = address.width - prefixLength
        base = IPAddress(width: address.width, bits: (address.bits >> hostBits) << hostBits)
        self.prefixLength = prefixLength
    }

    /// Whether the address lies in the range.
    func contains(_ address: IPAddress) -> Bool {
        let hostBits = base.width - prefixLength
        return address.width == base.width && address.bits >> hostBits == base.bits >> hostBits
    }

    private static func prefixLength(_ text: Substring, width: Int) -> Int? {
        if !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            guard let length = Int(text), length <= width else { return nil }
            return length
        }
        guard width == 32, let mask = IPAddress(literally: text), mask.width == 32 else { return nil }
        let bits = UInt32(truncatingIfNeeded: mask.bits)
        return leadingOnes(bits) ?? leadingOnes(~bits)
    }

    /// The number of leading ones when nothing but zeros follows them.
    private static func leadingOnes(_ mask: UInt32) -> Int? {
        let count = (~mask).leadingZeroBitCount
        return count + mask.trailingZeroBitCount >= 32 ? count : nil
    }
}

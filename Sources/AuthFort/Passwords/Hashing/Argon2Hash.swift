internal import FoundationEssentials

/// An Argon2 hash with its parameters, as it is stored: `$argon2id$v=19$m=65536,t=3,p=4$<salt>$<tag>`.
///
/// The text form is that of libargon2: fixed order, decimals without leading zeros, Base64 without padding.
struct Argon2Hash: Sendable, Hashable {
    enum Variant: String, Sendable {
        case argon2d, argon2i, argon2id
    }

    /// The algorithm's version.
    ///
    /// Hashes that do not name one are of version 1.0.
    enum Version: UInt32, Sendable {
        case v10 = 0x10
        case v13 = 0x13
    }

    var variant: Variant
    var version: Version
    var memoryKiB: Int
    var passes: Int
    var parallelism: Int
    var salt: [UInt8]
    var tag: [UInt8]

    /// The text form, with the version.
    var encoded: String {
        """
        $\(variant.rawValue)$v=\(version.rawValue)$m=\(memoryKiB),t=\(passes),p=\(parallelism)\
        $\(Self.base64(salt))$\(Self.base64(tag))
        """
    }
}

extension Argon2Hash {
    /// Reads the text form.
    ///
    /// Nil for everything else, and for a hash beyond `Argon2Limits`.
    init?(_ text: String) {
        guard text.utf8.count <= 512 else { return nil }
        var fields = text.split(separator: "$", omittingEmptySubsequences: false)[...]
        guard
            fields.popFirst()?.isEmpty == true,
            let variant = fields.popFirst().flatMap({ Variant(rawValue: String($0)) })
        else { return nil }
        var version = Version.v10
        if let number = fields.first.flatMap({ Self.number($0, key: "v=") }) {
            guard let known = UInt32(exactly: number).flatMap(Version.init(rawValue:)) else { return nil }
            version = known
            fields.removeFirst()
        }
        guard
            fields.count == 3,
            let costs = fields.popFirst()?.split(separator: ",", omittingEmptySubsequences: false), costs.count == 3,
            let memoryKiB = Self.number(costs[0], key: "m="), let passes = Self.number(costs[1], key: "t="),
            let parallelism = Self.number(costs[2], key: "p="),
            Argon2Limits.allowMemory(memoryKiB, parallelism: parallelism),
            Argon2Limits.allowWork(memoryKiB: memoryKiB, passes: passes),
            let salt = fields.popFirst().flatMap(Self.bytes), salt.count >= 8,
            let tag = fields.popFirst().flatMap(Self.bytes), tag.count >= 4
        else { return nil }
        self.init(
            variant: variant,
            version: version,
            memoryKiB: memoryKiB,
            passes: passes,
            parallelism: parallelism,
            salt: salt,
            tag: tag
        )
    }

    private static func number(_ text: Substring, key: String) -> Int? {
        guard text.hasPrefix(key) else { return nil }
        let digits = text.dropFirst(key.count)
        guard let value = UInt32(digits), String(value) == digits else { return nil }
        return Int(value)
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text = Data(bytes).base64EncodedString()
        while text.last == "=" { text.removeLast() }
        return text
    }

    /// Only the canonical form is accepted, as in libargon2: no padding, unused bits zero.
    private static func bytes(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text + padding) else { return nil }
        let bytes = [UInt8](data)
        return base64(bytes) == text ? bytes : nil
    }
}

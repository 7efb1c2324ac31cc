internal import Crypto

/// A password's SHA-1, cut into the five hexadecimal digits that are sent and the rest that is not.
struct BreachDigest: Sendable, Hashable {
    /// Five upper-case hexadecimal digits.
    let prefix: String
    /// The other 35 digits.
    let suffix: Suffix

    init(of password: String) {
        let digest = withWipedBytes(of: password) { bytes in
            var hash = Insecure.SHA1()
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
            return hash.finalize()
        }
        let digits = digest.flatMap { [$0 >> 4, $0 & 15] }
        prefix = String(decoding: digits.prefix(5).map { Array("0123456789ABCDEF".utf8)[Int($0)] }, as: UTF8.self)
        suffix = Suffix(digits: digits.dropFirst(5))
    }
}

extension BreachDigest {
    /// 35 hexadecimal digits as numbers, because an answer has about a thousand of them.
    struct Suffix: Sendable, Hashable {
        /// The first 16 digits, the next 16, and the last 3.
        private let first: UInt64
        private let second: UInt64
        private let third: UInt16

        /// Takes 35 values from 0 to 15.
        fileprivate init(digits: some Collection<UInt8>) {
            first = digits.prefix(16).reduce(0) { $0 << 4 | UInt64($1) }
            second = digits.dropFirst(16).prefix(16).reduce(0) { $0 << 4 | UInt64($1) }
            third = digits.dropFirst(32).reduce(0) { $0 << 4 | UInt16($1) }
        }

        /// Reads 35 hexadecimal digits in ASCII.
        ///
        /// Nil for anything else.
        init?(_ text: some Collection<UInt8>) {
            let digits = text.compactMap { Character(Unicode.Scalar($0)).hexDigitValue.map(UInt8.init) }
            guard digits.count == 35, text.count == 35 else { return nil }
            self.init(digits: digits)
        }
    }
}

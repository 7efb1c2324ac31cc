internal import DialectCore
internal import SQLiteFamily

/// What a URL asks for, read and checked.
///
/// The options of the URL's query, beside those of plain SQLite:
///
/// | option | value | default |
/// |---|---|---|
/// | `cipher` | the name of a cipher, such as `aes-256-cbc` | SQLCipher's |
/// | `kdf_iter` | how often the derivation of the key is repeated, 1 to 2147483647 | SQLCipher's |
/// | `cipher_page_size` | bytes, a power of two from 512 to 65536 | SQLCipher's |
///
/// A file opens only with the options that it was made with.
struct SQLCipherOptions: Sendable {
    private static let names = ["cipher", "kdf_iter", "cipher_page_size"]

    /// The passphrase, or a raw key in SQLCipher's notation `x'…'`.
    let passphrase: Secret
    /// What chooses the encryption: names of a PRAGMA and values that are safe to write into one.
    let settings: [(name: String, value: String)]
    /// What is the same as for an unencrypted file.
    let file: SQLiteOptions

    init(_ url: DatabaseURL) throws(DatabaseError) {
        let start = "\(url.scheme)://:passphrase@"
        let example = "\(start)/relative.db, or with two slashes \(start)//absolute.db"
        guard url.hosts.isEmpty, url.user == nil else {
            throw DatabaseError(.invalidURL, "A SQLCipher URL has no host, port or user; write \(example).")
        }
        guard let passphrase = url.password, !passphrase.reveal().isEmpty else {
            throw DatabaseError(
                .invalidURL,
                "The URL has no passphrase, and without one the file would not be encrypted; write \(example)."
            )
        }
        self.passphrase = passphrase
        settings = try Self.settings(of: url.query)
        let plain = try DatabaseURL(scheme: url.scheme, database: url.database, query: url.query)
        file = try SQLiteOptions(plain, besides: Self.names)
    }

    private static func settings(of query: DatabaseURL.Query) throws(DatabaseError) -> [(name: String, value: String)] {
        var settings: [(name: String, value: String)] = []
        if let cipher = try query.single("cipher") {
            guard !cipher.isEmpty, cipher.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }) else {
                throw DatabaseError(
                    .invalidURL,
                    "The URL option 'cipher' is '\(cipher)'; it must be a name such as aes-256-cbc."
                )
            }
            settings.append(("cipher", cipher))
        }
        if let count = try number("kdf_iter", in: query, where: { $0 >= 1 }, "a number from 1 to 2147483647") {
            settings.append(("kdf_iter", "\(count)"))
        }
        let isPageSize = { (size: Int32) in size >= 512 && size <= 65536 && size & (size - 1) == 0 }
        if let size = try number("cipher_page_size", in: query, where: isPageSize, "a power of two from 512 to 65536") {
            settings.append(("cipher_page_size", "\(size)"))
        }
        return settings
    }

    private static func number(
        _ name: String,
        in query: DatabaseURL.Query,
        where isValid: (Int32) -> Bool,
        _ range: String
    ) throws(DatabaseError) -> Int32? {
        guard let text = try query.single(name) else { return nil }
        guard let number = Int32(text), isValid(number) else {
            throw DatabaseError(.invalidURL, "The URL option '\(name)' is '\(text)'; it must be \(range).")
        }
        return number
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

#if MySQL
/// Which server a session has, as far as it matters to SQL.
///
/// The URL's scheme does not tell: `mysql:` and `mariadb:` are both used for both servers.
struct MySQLServer: Sendable, Hashable {
    enum Product: Sendable, Hashable {
        case mariaDB, mySQL
    }

    struct Version: Sendable, Hashable, Comparable {
        let major: Int
        let minor: Int
        let patch: Int

        init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
            (self.major, self.minor, self.patch) = (major, minor, patch)
        }

        static func < (left: Version, right: Version) -> Bool {
            (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
        }
    }

    let product: Product
    let version: Version

    init(_ product: Product, _ version: Version) {
        self.product = product
        self.version = version
    }

    /// Reads what `VERSION()` gives, such as `10.11.6-MariaDB-log`, `5.5.5-10.4.1-MariaDB` or `8.0.36`.
    ///
    /// MariaDB before 11 puts `5.5.5-` before its version, so that old replicas do not take 10 for 1.
    init?(versionText text: String) {
        let isMariaDB = text.lowercased().contains("mariadb")
        var digits = text[...]
        if isMariaDB, digits.hasPrefix("5.5.5-") { digits = digits.dropFirst("5.5.5-".count) }
        let numbers = digits.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
        guard numbers.count >= 2 else { return nil }
        self.init(isMariaDB ? .mariaDB : .mySQL, Version(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0))
    }

    /// A column type for UUIDs. https://mariadb.com/kb/en/uuid-data-type/
    var hasUUIDType: Bool { product == .mariaDB && version >= Version(10, 7) }

    /// `INSERT … RETURNING`. https://mariadb.com/kb/en/insertreturning/
    var hasReturning: Bool { product == .mariaDB && version >= Version(10, 5) }

    /// `ADD INDEX IF NOT EXISTS` and `DROP INDEX IF EXISTS`. https://mariadb.com/kb/en/alter-table/
    var hasConditionalIndexes: Bool { product == .mariaDB }

    /// Indexes that run downwards. https://mariadb.com/kb/en/create-index/,
    /// https://dev.mysql.com/doc/refman/8.0/en/descending-indexes.html
    var hasDescendingIndexes: Bool {
        switch product {
        case .mariaDB: version >= Version(10, 8)
        case .mySQL: version >= Version(8, 0)
        }
    }
}
#endif

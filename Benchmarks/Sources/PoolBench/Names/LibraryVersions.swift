import CPeers

/// The versions of the client libraries, as they say themselves.
enum LibraryVersions {
    /// The library below a database's dialect.
    static func of(_ database: BenchmarkName.Database) -> [String: String] {
        switch database {
        case .postgresql:
            let version = cpeers_postgresql_version()
            return ["libpq": "\(version / 10000).\(version % 10000)"]
        case .mariadb: return ["libmariadb": String(cString: cpeers_mariadb_version())]
        case .sqlite: return ["sqlite3": String(cString: cpeers_sqlite_version())]
        case .mock: return [:]
        }
    }
}

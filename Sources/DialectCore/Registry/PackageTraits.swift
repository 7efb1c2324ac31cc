/// The trait of this package that adds a scheme.
///
/// Only for the message about a scheme that is not in the build: nothing else may know dialects by their schemes.
struct PackageTrait {
    let name: String

    init?(addingScheme scheme: String) {
        switch withoutDriver(scheme) {
        case "postgresql", "postgres": name = "PostgreSQL"
        case "sqlite": name = "SQLite"
        case "mysql", "mariadb": name = "MySQL"
        default: return nil
        }
    }

    /// What to do about the missing dialect.
    var advice: String { "It is not in this build: add the package trait '\(name)' (--traits default,\(name))." }
}

/// The scheme without a driver suffix such as `+asyncpg`, which does not change which dialect is meant.
func withoutDriver(_ scheme: String) -> String {
    String(scheme.lowercased().prefix { $0 != "+" })
}

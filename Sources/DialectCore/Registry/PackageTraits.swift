/// The trait of this package that adds a scheme.
///
/// Only for the message about a scheme that is not in the build: nothing else may know dialects by their schemes.
struct PackageTrait {
    let name: String
    /// Whether this version of the package has the dialect, so that switching the trait on adds it.
    let hasDialect: Bool

    init?(addingScheme scheme: String) {
        switch withoutDriver(scheme) {
        case "postgresql", "postgres": (name, hasDialect) = ("PostgreSQL", true)
        case "sqlite": (name, hasDialect) = ("SQLite", true)
        case "mysql", "mariadb": (name, hasDialect) = ("MySQL", true)
        default: return nil
        }
    }

    /// What to do about the missing dialect.
    var advice: String {
        hasDialect
            ? "It is not in this build: add the package trait '\(name)' (--traits default,\(name))."
            : "It is not in this build: the dialect of the trait '\(name)' comes with a later version of this package."
    }
}

/// The scheme without a driver suffix such as `+asyncpg`, which does not change which dialect is meant.
func withoutDriver(_ scheme: String) -> String {
    String(scheme.lowercased().prefix { $0 != "+" })
}

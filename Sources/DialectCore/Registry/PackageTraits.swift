/// The trait of this package that adds a scheme.
///
/// Only for the message about a scheme that is not in the build: nothing else may know dialects by their schemes.
func packageTrait(for scheme: String) -> String? {
    // A driver suffix such as `+asyncpg` does not change which dialect is meant.
    switch scheme.lowercased().prefix(while: { $0 != "+" }) {
    case "postgresql", "postgres": "PostgreSQL"
    case "sqlite": "SQLite"
    case "mysql", "mariadb": "MySQL"
    default: nil
    }
}

/// A database's URL: which dialect, which server or file, and with which options.
public struct DatabaseURL: Sendable, Hashable {
    /// The scheme, which selects the dialect.
    public let scheme: String
    /// The name of the database, or its path.
    public let database: String?
}

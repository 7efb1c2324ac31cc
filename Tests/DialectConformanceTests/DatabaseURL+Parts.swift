import DialectCore

extension DatabaseURL {
    /// The same URL with another password.
    func with(password: String) throws -> DatabaseURL {
        try DatabaseURL(scheme: scheme, user: user, password: Secret(password), hosts: hosts, database: database)
    }

    /// The same URL with another database.
    func with(database: String) throws -> DatabaseURL {
        try DatabaseURL(scheme: scheme, user: user, password: password, hosts: hosts, database: database)
    }
}

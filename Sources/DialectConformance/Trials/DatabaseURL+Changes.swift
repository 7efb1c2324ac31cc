internal import DialectCore

extension DatabaseURL {
    /// The same URL with one more option.
    func adding(option name: String, _ value: String) throws(DatabaseError) -> DatabaseURL {
        try DatabaseURL(
            scheme: scheme,
            user: user,
            password: password,
            hosts: query.contains("host") ? [] : hosts,
            database: database,
            query: Query(Array(query) + [DatabaseURL.Query.Parameter(name: name, value: value)])
        )
    }

    /// The same URL with another host, and no options.
    func replacing(host: Host) throws(DatabaseError) -> DatabaseURL {
        try DatabaseURL(scheme: scheme, user: user, password: password, hosts: [host], database: database)
    }
}

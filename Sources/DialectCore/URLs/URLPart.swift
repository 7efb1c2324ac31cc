/// The part of a database URL that an error is about.
enum URLPart: String {
    case text, scheme, user, password, host, port, database, query
}

extension DatabaseError {
    /// Makes the error of a malformed URL: which part is at fault, what is wrong with it and what to do.
    ///
    /// A password with an unescaped `/`, `?` or `@` spills over into the host, the port, the database or the query, so
    /// no part of a malformed URL is safe to show. The rule is therefore: an error never quotes the URL. `problem` is a
    /// `StaticString` so that the compiler holds the rule.
    static func invalidURL(_ part: URLPart, _ problem: StaticString) -> DatabaseError {
        DatabaseError(.invalidURL, "the URL's \(part.rawValue) \(problem)")
    }
}

extension Statement {
    /// The text as a dialect writes it.
    ///
    /// - Throws: The error of the first value that could not be bound.
    public func sql(for dialect: some Dialect) throws(DatabaseError) -> String {
        if let bindingError { throw bindingError }
        if fragments.count == 1, case .text(let sql) = fragments[0] { return sql }
        var sql = ""
        var position = 0
        for fragment in fragments {
            switch fragment {
            case .text(let text): sql += text
            case .identifier(let identifier): sql += dialect.quote(identifier)
            case .parameter:
                position += 1
                sql += dialect.placeholder(at: position)
            }
        }
        return sql
    }
}

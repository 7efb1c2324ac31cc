extension Statement {
    /// The text as a dialect writes it.
    ///
    /// - Throws: The error of the first value that could not be bound.
    public func sql(for dialect: some Dialect) throws(DatabaseError) -> String {
        if let bindingError { throw bindingError }
        if fragments.count == 1, case .text(let sql) = fragments[0] { return sql }
        return try sql(for: dialect) { position in dialect.placeholder(at: position + 1) }
    }

    /// The text with the values in it, for scripts that run without parameters.
    ///
    /// It shows the values, so it belongs into no log and no error.
    ///
    /// - Throws: The error of the first value that could not be bound, or has no literal.
    public func script(for dialect: some Dialect) throws(DatabaseError) -> String {
        if let bindingError { throw bindingError }
        return try sql(for: dialect) { position throws(DatabaseError) in try dialect.literal(parameters[position]) }
    }

    /// The text with what `value` gives for the parameter at each position from 0.
    private func sql(
        for dialect: some Dialect,
        value: (Int) throws(DatabaseError) -> String
    ) throws(DatabaseError) -> String {
        var sql = ""
        sql.reserveCapacity(fragments.reduce(0) { $0 + $1.expectedSize })
        var position = 0
        for fragment in fragments {
            switch fragment {
            case .text(let text): sql += text
            case .identifier(let identifier): sql += dialect.quote(identifier)
            case .parameter:
                sql += try value(position)
                position += 1
            }
        }
        return sql
    }
}

extension Statement.Fragment {
    /// About how many bytes it will take.
    fileprivate var expectedSize: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .identifier: 32
        case .parameter: 4
        }
    }
}

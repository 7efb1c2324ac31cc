/// SQL text with its bound parameters.
///
/// Interpolation binds, so a statement is written as it reads, and no value can become SQL:
///
///     let statement: Statement = "SELECT id FROM users WHERE email = \(email)"
///     let other: Statement = "SELECT \(identifier: column) FROM users WHERE id IN (\(values: ids))"
///
/// How an identifier and a placeholder are written is the dialect's, so the text is made by `sql(for:)`.
public struct Statement: Sendable {
    enum Fragment: Sendable, Hashable {
        case text(String)
        case identifier(Identifier)
        case parameter
    }

    private(set) var fragments: [Fragment] = []

    /// The bound values, in the order of their placeholders.
    public private(set) var parameters: [SQLValue] = []

    /// The first value that could not be bound; executing the statement throws it.
    private(set) var bindingError: DatabaseError?

    /// Makes an empty statement to append to.
    public init() {}

    /// Makes a statement from SQL text that is sent as it is.
    ///
    /// Text from users must never get here: whoever writes it commands the database.
    public init(unsafe sql: String) { append(unsafe: sql) }

    mutating func reserveCapacity(interpolations: Int) {
        fragments.reserveCapacity(2 * interpolations + 1)
        parameters.reserveCapacity(interpolations)
    }

    /// Appends SQL text as it is.
    ///
    /// See `init(unsafe:)`.
    public mutating func append(unsafe sql: String) {
        guard !sql.isEmpty else { return }
        if case .text(let previous) = fragments.last {
            fragments[fragments.count - 1] = .text(previous + sql)
        } else {
            fragments.append(.text(sql))
        }
    }

    /// Appends an identifier, which the dialect quotes.
    public mutating func append(identifier: Identifier) { fragments.append(.identifier(identifier)) }

    /// Appends a placeholder and binds a value to it.
    public mutating func append(_ value: some SQLEncodable) {
        fragments.append(.parameter)
        do {
            parameters.append(try value.sqlValue())
        } catch {
            parameters.append(.null)
            bindingError = bindingError ?? error
        }
    }

    /// Appends another statement with its parameters.
    public mutating func append(_ statement: Statement) {
        for fragment in statement.fragments {
            if case .text(let sql) = fragment { append(unsafe: sql) } else { fragments.append(fragment) }
        }
        parameters += statement.parameters
        bindingError = bindingError ?? statement.bindingError
    }
}

extension Statement: CustomStringConvertible {
    /// The text with `?` for parameters, without their values.
    ///
    /// For logs and errors, not for a database.
    public var description: String {
        fragments.map { fragment in
            switch fragment {
            case .text(let sql): sql
            case .identifier(let identifier): "\"\(identifier)\""
            case .parameter: "?"
            }
        }.joined()
    }
}

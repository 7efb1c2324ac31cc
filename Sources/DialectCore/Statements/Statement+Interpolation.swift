extension Statement: ExpressibleByStringInterpolation {
    /// Makes a statement from a literal.
    public init(stringLiteral sql: String) { self.init(unsafe: sql) }

    /// Makes a statement from a literal with interpolated parts.
    public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.statement }

    /// Builds a statement from the parts of a literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var statement = Statement()

        /// Starts an empty statement.
        public init(literalCapacity: Int, interpolationCount: Int) {
            statement.reserveCapacity(interpolations: interpolationCount)
        }

        /// Appends a literal part as SQL text.
        public mutating func appendLiteral(_ sql: String) { statement.append(unsafe: sql) }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some SQLEncodable) { statement.append(value) }

        /// Binds a value, or `NULL`.
        ///
        /// The same as for other values; declared so that the compiler does not take the optional for a mistake.
        public mutating func appendInterpolation(_ value: (some SQLEncodable)?) { statement.append(value) }

        /// Binds each value, with commas between them.
        ///
        /// An empty list becomes `NULL`, which no value equals.
        public mutating func appendInterpolation(values: some Sequence<some SQLEncodable>) {
            var isFirst = true
            for value in values {
                if !isFirst { statement.append(unsafe: ", ") }
                statement.append(value)
                isFirst = false
            }
            if isFirst { statement.append(unsafe: "NULL") }
        }

        /// Inserts a quoted identifier.
        public mutating func appendInterpolation(identifier: Identifier) { statement.append(identifier: identifier) }

        /// Inserts a quoted identifier by its unquoted name.
        public mutating func appendInterpolation(identifier name: String) {
            statement.append(identifier: Identifier(name))
        }

        /// Inserts quoted identifiers with commas between them.
        public mutating func appendInterpolation(identifiers names: some Sequence<String>) {
            for (position, name) in names.enumerated() {
                if position > 0 { statement.append(unsafe: ", ") }
                statement.append(identifier: Identifier(name))
            }
        }

        /// Inserts another statement with its parameters.
        public mutating func appendInterpolation(_ other: Statement) { statement.append(other) }

        /// Inserts SQL text as it is.
        ///
        /// See `Statement.init(unsafe:)`.
        public mutating func appendInterpolation(unsafe sql: String) { statement.append(unsafe: sql) }
    }
}

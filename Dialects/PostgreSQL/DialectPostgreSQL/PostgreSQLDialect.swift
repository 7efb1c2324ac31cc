#if PostgreSQL
public import DialectCore
public import Logging

/// PostgreSQL, on libpq.
///
///     postgresql://user:password@host:5432/database?sslmode=verify-full
///     postgresql://user@/database?host=/run/postgresql
///     postgresql://user@one,two/database?target_session_attrs=read-write
///
/// Sessions live on the reactors of `DialectReactor`: they take no thread of their own, and nothing in them blocks. The
/// options of the URL are listed with `PostgreSQLOptions`.
public struct PostgreSQLDialect: Dialect {
    /// `PostgreSQL`.
    public static var name: String { "PostgreSQL" }

    /// `postgresql`, its short form, and the spelling with Python's driver.
    public static var schemes: [String] { ["postgresql", "postgres", "postgresql+asyncpg"] }

    /// Makes the dialect.
    public init() {}

    /// Everything but the writer that excludes all others.
    public var features: Set<DialectFeature> {
        [
            .transactionalDDL, .savepoints, .readOnlyTransactions, .rowStreaming, .returning, .nativeUUID,
            .nativeBoolean, .microsecondTimestamps, .descendingIndexes, .partialIndexes, .concurrentIndexes,
            .foreignKeys, .bulkInsert, .notifications, .sessionLocks, .transactionLocks, .statementStarting,
            .statementSharing, .schemaReflection,
        ]
    }

    /// Five connections that stay and ten more under load, as in Python; the connect timeout leaves every host of the URL
    /// its time.
    public func poolDefaults(for url: DatabaseURL) -> PoolConfiguration {
        let options = try? PostgreSQLOptions(url)
        let perHost = options?.connectTimeout ?? PostgreSQLOptions.usualConnectTimeout
        return PoolConfiguration(connectTimeout: perHost * max(1, options?.hosts.count ?? 1))
    }

    /// The name in double quotes, with those inside doubled.
    ///
    /// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
    public func quote(_ identifier: Identifier) -> String {
        let name = quote(identifier.name)
        guard let schema = identifier.schema else { return name }
        return "\(quote(schema)).\(name)"
    }

    func quote(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "\"")) else { return "\"\(name)\"" }
        return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// `$1`, `$2` and so on.
    public func placeholder(at position: Int) -> String {
        Self.firstPlaceholders.indices.contains(position) ? Self.firstPlaceholders[position] : "$\(position)"
    }

    /// Those that nearly all statements make do with, since each use of a statement writes its text anew.
    private static let firstPlaceholders = (0..<32).map { "$\($0)" }

    /// Writes a value into SQL text.
    ///
    /// What is in quotes takes its type from where it stands, as a parameter does.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` for text with a NUL, and for a decimal that is not a
    ///   number.
    public func literal(_ value: SQLValue) throws(DatabaseError) -> String { try PostgreSQLLiterals.literal(value) }

    /// Writes a column type.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` when PostgreSQL has no such type.
    public func spelling(of type: ColumnType) throws(DatabaseError) -> String {
        try PostgreSQLSchema.spelling(of: type)
    }

    /// Writes a schema operation as the statements that perform it.
    ///
    /// What other sessions' writes go on beside is for `concurrentIndexes`. A constraint that is dropped without a name is
    /// called as PostgreSQL calls those that are made without one.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` when PostgreSQL cannot do it, and for a check that is
    ///   dropped without a name.
    public func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] {
        try PostgreSQLSchema.statements(for: operation, in: model)
    }

    /// Classifies an error by its SQLSTATE; without one it says nothing.
    public func error(for native: NativeError) -> DatabaseError {
        guard native.sqlState != nil else {
            return DatabaseError(.other, "The error has no SQLSTATE.", serverMessage: native.message)
        }
        return PostgreSQLFailure(sqlState: native.sqlState, message: native.message).error()
    }

    /// Prepares to open sessions; looks no host up and opens nothing.
    ///
    /// - Throws: `DatabaseError` with code `invalidURL` for an unknown option, and for one with a value it may not have.
    public func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        PostgreSQLConnector(options: try PostgreSQLOptions(url), logger: logger)
    }
}
#endif

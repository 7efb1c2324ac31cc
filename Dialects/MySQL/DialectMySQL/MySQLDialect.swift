#if MySQL
public import DialectCore
public import Logging

/// MySQL and MariaDB, on libmariadb.
///
///     mysql://user:password@host:3306/database      mariadb://user@/database?unix_socket=/run/mysqld/mysqld.sock
///
/// Both schemes are for both servers: which one it is a session finds out when it is opened, and offers a dialect that
/// knows (see `DialectRefining`). Without a session the dialect promises what every supported server has: MariaDB from
/// 10.5 and MySQL from 8.0. The options of the URL are listed with `MySQLOptions`.
public struct MySQLDialect: Dialect {
    /// `MySQL`.
    public static var name: String { "MySQL" }

    /// `mysql` and `mariadb`, and the spellings with Python's driver.
    public static var schemes: [String] { ["mysql", "mysql+aiomysql", "mariadb", "mariadb+aiomysql"] }

    /// The server that the dialect is refined for, nil when it is not known.
    let server: MySQLServer?

    /// Whether new columns of UUIDs take CHAR(32) where the server has a type for them.
    private var avoidsUUIDType = false

    /// Makes the dialect without knowledge of a server.
    public init() { server = nil }

    init(server: MySQLServer) { self.server = server }

    /// The dialect for a database whose columns of UUIDs are CHAR(32).
    var withoutUUIDType: MySQLDialect {
        var dialect = self
        dialect.avoidsUUIDType = true
        return dialect
    }

    /// What every supported server can do, and for a session's dialect what its server can do besides.
    ///
    /// Each schema operation commits the transaction that it is in, booleans are integers, and a timestamp column without
    /// fraction digits keeps whole seconds.
    public var features: Set<DialectFeature> {
        var features: Set<DialectFeature> = [
            .savepoints, .readOnlyTransactions, .rowStreaming, .foreignKeys, .bulkInsert, .sessionLocks,
            .statementStarting, .schemaReflection,
        ]
        if server?.hasReturning == true { features.insert(.returning) }
        if server?.hasUUIDType == true, !avoidsUUIDType { features.insert(.nativeUUID) }
        if server?.hasDescendingIndexes == true { features.insert(.descendingIndexes) }
        return features
    }

    /// Five connections and ten more under load, none older than five minutes.
    public func poolDefaults(for url: DatabaseURL) -> PoolConfiguration { PoolConfiguration() }

    /// The name in backticks, with those inside doubled.
    ///
    /// https://dev.mysql.com/doc/refman/8.0/en/identifiers.html
    public func quote(_ identifier: Identifier) -> String {
        let name = quote(identifier.name)
        guard let schema = identifier.schema else { return name }
        return "\(quote(schema)).\(name)"
    }

    func quote(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "`")) else { return "`\(name)`" }
        return "`" + name.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
    }

    /// Always `?`.
    public func placeholder(at position: Int) -> String { "?" }

    /// Classifies an error number of the server's or of the client library's.
    public func error(for native: NativeError) -> DatabaseError {
        MySQLFailure(code: native.code, sqlState: native.sqlState, message: native.message).error()
    }

    /// Prepares to open sessions with a server.
    ///
    /// - Throws: `DatabaseError` with code `invalidURL` for a URL without a database, for an unknown option, and for an
    ///   option with a value it may not have.
    public func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        MySQLConnector(options: try MySQLOptions(url), logger: logger)
    }
}
#endif

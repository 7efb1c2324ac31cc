#if SQLite
public import DialectCore
public import Logging

/// SQLite, on the system's sqlite3.
///
/// One URL is one database file, or one database in memory:
///
///     sqlite:///relative.db      sqlite:////absolute.db      sqlite://      sqlite:///:memory:
///
/// Files are kept in write-ahead logging, so readers and the one writer do not wait for each other; writers of one
/// process queue up instead of meeting a locked file. The options of the URL are listed with `SQLiteOptions`.
public struct SQLiteDialect: Dialect {
    /// `SQLite`.
    public static var name: String { "SQLite" }

    /// `sqlite`, and the spelling with Python's driver.
    public static var schemes: [String] { ["sqlite", "sqlite+aiosqlite"] }

    /// Makes the dialect.
    public init() {}

    /// UUIDs and booleans have no types of their own; everything else is there.
    public var features: Set<DialectFeature> {
        [
            .transactionalDDL, .exclusiveWriteTransactions, .savepoints, .readOnlyTransactions, .rowStreaming,
            .returning, .microsecondTimestamps, .descendingIndexes, .foreignKeys,
        ]
    }

    /// Eight connections for a file, exactly one for a database in memory.
    ///
    /// A file has one writer at a time, so the connections are for readers: more than the processor has cores add
    /// waiting, not speed, and a checkout that waits costs less than a thread and an open file more. They do not age,
    /// because nothing between the program and its file ends a session.
    ///
    /// A database in memory lives and dies with its connection, so that one is opened once, shared by all, and neither
    /// aged, nor closed when idle, nor pinged.
    public func poolDefaults(for url: DatabaseURL) -> PoolConfiguration {
        if SQLiteOptions.isInMemory(url) {
            PoolConfiguration(
                minimumSize: 1,
                maximumSize: 1,
                maximumOverflow: 0,
                idleTimeout: nil,
                maximumAge: nil,
                pingAfterIdle: nil
            )
        } else {
            PoolConfiguration(maximumSize: 8, maximumOverflow: 0, idleTimeout: nil, maximumAge: nil)
        }
    }

    /// The name in double quotes, with those inside doubled.
    ///
    /// https://sqlite.org/lang_keywords.html
    public func quote(_ identifier: Identifier) -> String {
        let name = quote(identifier.name)
        guard let schema = identifier.schema else { return name }
        return "\(quote(schema)).\(name)"
    }

    func quote(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "\"")) else { return "\"\(name)\"" }
        return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Always `?`.
    ///
    /// SQLite has `?1` too, but a `?` that somebody typed before it would then share its number and its value. So each
    /// placeholder counts, and one too many is found.
    public func placeholder(at position: Int) -> String { "?" }

    /// Classifies a result code, extended or not, and its message.
    public func error(for native: NativeError) -> DatabaseError {
        SQLiteFailure(code: native.code, message: native.message).error()
    }

    /// Prepares to open connections to a file or a database in memory.
    ///
    /// A relative path is resolved now, so that a later change of the working folder changes nothing.
    ///
    /// - Throws: `DatabaseError` with code `invalidURL` for a URL with a host, user or port, for an unknown option, and
    ///   for an option with a value it may not have.
    public func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        SQLiteConnector(options: try SQLiteOptions(url), logger: logger)
    }
}
#endif

internal import CSQLiteFamily
public import DialectCore

/// What the requirements of `Dialect` are for every library that offers sqlite3's C interface.
///
/// A dialect for such a library has a value of this and forwards to it; only its name, its schemes and its connector are
/// its own:
///
///     public struct OakDialect: RebuildPlanning {
///         private let sqlite = CommonSQLite()
///         public init() {}
///         public static var name: String { "Oak" }
///         public static var schemes: [String] { ["oak"] }
///         public var features: Set<DialectFeature> { sqlite.features }
///         …
///         public func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
///             SQLiteConnector(dialect: self, options: try SQLiteOptions(url), logger: logger)
///         }
///     }
///
/// Where an old release of the library lacks something, features and spellings follow the release that the program is
/// linked with.
public struct CommonSQLite: Sendable {
    /// The release of the library: 3040001 is 3.40.1.
    let libraryVersion: Int32

    /// Makes the value, for the library that the program is linked with.
    public init() { self.init(libraryVersion: sqlite3_libversion_number()) }

    init(libraryVersion: Int32) { self.libraryVersion = libraryVersion }

    /// UUIDs and booleans have no types of their own; everything else is there: reflection and new tables for old from SQLite 3.26 on, RETURNING from 3.35.
    public var features: Set<DialectFeature> {
        var features: Set<DialectFeature> = [
            .transactionalDDL, .exclusiveWriteTransactions, .savepoints, .readOnlyTransactions, .rowStreaming,
            .bulkInsert, .microsecondTimestamps, .descendingIndexes, .partialIndexes, .foreignKeys,
        ]
        // Reflection needs the pragmas as tables, and the columns that `table_xinfo` tells.
        if libraryVersion >= 3_026_000 { features.formUnion([.schemaReflection, .tableRebuilds]) }
        if libraryVersion >= 3_035_000 { features.insert(.returning) }
        return features
    }

    /// Eight connections for a file, exactly one for a database in memory.
    ///
    /// A file has one writer at a time, so the connections are for readers: more than the processor has cores add
    /// waiting, not speed, and a checkout that waits costs less than an open file more. They do not age,
    /// because nothing between the program and its file ends a session.
    ///
    /// A database in memory lives and dies with its connection, so that one is opened once, shared by all, and neither
    /// aged, nor closed when idle, nor pinged. No options, because the URL has faults, count as those of a file.
    public func poolDefaults(for options: SQLiteOptions?) -> PoolConfiguration {
        if options?.location == .memory {
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
}

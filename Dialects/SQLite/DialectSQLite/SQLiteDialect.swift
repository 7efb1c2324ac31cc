#if SQLite
public import DialectCore
public import Logging
internal import SQLiteFamily

/// SQLite, on the system's sqlite3.
///
/// One URL is one database file, or one database in memory:
///
///     sqlite:///relative.db      sqlite:////absolute.db      sqlite://      sqlite:///:memory:
///
/// Files are kept in write-ahead logging, so readers and the one writer do not wait for each other; writers of one
/// process queue up instead of meeting a locked file. The options of the URL are listed with `SQLiteOptions`.
public struct SQLiteDialect: RebuildPlanning {
    private let sqlite = CommonSQLite()

    /// `SQLite`.
    public static var name: String { "SQLite" }

    /// `sqlite`, and the spelling with Python's driver.
    public static var schemes: [String] { ["sqlite", "sqlite+aiosqlite"] }

    /// Makes the dialect.
    public init() {}

    /// UUIDs and booleans have no types of their own; everything else is there.
    public var features: Set<DialectFeature> { sqlite.features }

    /// Eight connections for a file, exactly one for a database in memory.
    public func poolDefaults(for url: DatabaseURL) -> PoolConfiguration {
        sqlite.poolDefaults(for: try? SQLiteOptions(url))
    }

    /// The name in double quotes, with those inside doubled.
    public func quote(_ identifier: Identifier) -> String { sqlite.quote(identifier) }

    /// Always `?`.
    public func placeholder(at position: Int) -> String { sqlite.placeholder(at: position) }

    /// Writes a value into SQL text.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` for what SQLite would store changed.
    public func literal(_ value: SQLValue) throws(DatabaseError) -> String { try sqlite.literal(value) }

    /// Writes a column type.
    ///
    /// Strings and timestamps are not cut to the length and digits that their types name.
    public func spelling(of type: ColumnType) -> String { sqlite.spelling(of: type) }

    /// Writes a schema operation as the statements that perform it.
    ///
    /// What ALTER TABLE cannot do takes a new table; see `RebuildPlanning`.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` for what takes a new table when the model does not know the
    ///   old one, for a foreign key into another schema, and for what the linked release of sqlite3 is too old for.
    public func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement] {
        try sqlite.statements(for: operation, in: model)
    }

    /// The table that the statements for an operation make anew, because ALTER TABLE cannot change it.
    public func rebuiltTable(by operation: SchemaOperation, in model: SchemaModel) -> Identifier? {
        sqlite.rebuiltTable(by: operation, in: model)
    }

    /// `PRAGMA foreign_keys = OFF`.
    public var statementsBeforeRebuilds: [Statement] { sqlite.statementsBeforeRebuilds }

    /// `PRAGMA foreign_keys = ON`.
    public var statementsAfterRebuilds: [Statement] { sqlite.statementsAfterRebuilds }

    /// Classifies a result code, extended or not, and its message.
    public func error(for native: NativeError) -> DatabaseError { sqlite.error(for: native) }

    /// Prepares to open connections to a file or a database in memory.
    ///
    /// A relative path is resolved now, so that a later change of the working folder changes nothing.
    ///
    /// - Throws: `DatabaseError` with code `invalidURL` for a URL with a host, user or port, for an unknown option, and
    ///   for an option with a value it may not have.
    public func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        SQLiteConnector(dialect: self, options: try SQLiteOptions(url), logger: logger)
    }
}

extension SQLiteDialect: SchemaNormalizing {
    /// The table with the portable types for what other libraries call them.
    public func normalized(_ table: Table) -> Table { sqlite.normalized(table) }

    /// The index itself: SQLite keeps the text of its condition.
    public func normalized(_ index: Index) -> Index { sqlite.normalized(index) }
}
#endif

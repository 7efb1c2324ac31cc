public import DialectCore
public import Logging
internal import SQLiteFamily

/// SQLite files that SQLCipher encrypts, with a passphrase in the place of the URL's password.
///
///     sqlite+sqlcipher://:passphrase@/relative.db      sqlite+sqlcipher://:passphrase@//absolute.db
///
/// The forms are those of SQLAlchemy's dialect for SQLCipher, and so are the options of the query that choose the
/// encryption, which are listed with `SQLCipherOptions`. Everything else is as in the dialect for plain SQLite.
///
/// SQLCipher exports the functions of sqlite3 under the same names, so a program can have only one of the two: build it
/// without AuthFort's package trait `SQLite`. A program with both is refused, see ``connector(for:logger:)``.
public struct SQLCipherDialect: RebuildPlanning {
    private let sqlite = CommonSQLite()

    /// `SQLCipher`.
    public static var name: String { "SQLCipher" }

    /// `sqlite+sqlcipher`, and the spelling with Python's driver.
    public static var schemes: [String] { ["sqlite+sqlcipher", "sqlite+pysqlcipher"] }

    /// Makes the dialect.
    public init() {}

    /// What the release of SQLite can do that SQLCipher is made from.
    public var features: Set<DialectFeature> { sqlite.features }

    /// Eight connections for a file, exactly one for a database in memory.
    ///
    /// They are kept when idle: opening one derives the key from the passphrase, which is slow on purpose.
    public func poolDefaults(for url: DatabaseURL) -> PoolConfiguration {
        sqlite.poolDefaults(for: try? SQLCipherOptions(url).file)
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
    public func spelling(of type: ColumnType) -> String { sqlite.spelling(of: type) }

    /// Writes a schema operation as the statements that perform it.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` for what SQLite, or this release of it, cannot do.
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

    /// Prepares to open connections to an encrypted file.
    ///
    /// - Throws: `DatabaseError` with code `invalidURL` for a URL without a passphrase, with a host or user, with an
    ///   unknown option, or with an option that has a value it may not have; and with code `invalidConfiguration` when a
    ///   dialect for plain SQLite is linked too.
    public func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        let options = try SQLCipherOptions(url)
        try SQLCipherLibrary.refuseOtherDialect(in: DialectRegistry.linked())
        return SQLCipherConnector(dialect: self, options: options, logger: logger)
    }
}

extension SQLCipherDialect: SchemaNormalizing {
    /// The table with the portable types for what other libraries call them.
    public func normalized(_ table: Table) -> Table { sqlite.normalized(table) }

    /// The index itself: SQLite keeps the text of its condition.
    public func normalized(_ index: Index) -> Index { sqlite.normalized(index) }
}

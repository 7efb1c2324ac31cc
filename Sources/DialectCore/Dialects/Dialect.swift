public import Logging

/// What one family of databases is: how it spells SQL, what it can do, and how a session with it is opened.
///
/// A dialect is a value without state; whatever sessions share belongs to its `Connector`. No requirement has a default,
/// so an author decides each one. A dialect is complete when it passes the conformance suite, and it is found by being
/// linked when it leaves a record: see `DialectRecord`.
public protocol Dialect: Sendable {
    /// The dialect's name for people.
    ///
    /// Nothing may branch on it; ask `features`.
    static var name: String { get }

    /// The URL schemes that select the dialect, in lower case, the preferred one first.
    static var schemes: [String] { get }

    /// Makes the dialect.
    init()

    /// What databases of this family can do.
    ///
    /// Whatever is not listed is taken as absent.
    var features: Set<DialectFeature> { get }

    /// The pool settings that suit a URL, used where the application sets none.
    func poolDefaults(for url: DatabaseURL) -> PoolConfiguration

    /// Writes an identifier so that any name is safe in SQL text.
    func quote(_ identifier: Identifier) -> String

    /// Writes the placeholder of the parameter at a position from 1.
    func placeholder(at position: Int) -> String

    /// Writes a value into SQL text, for scripts that run without parameters.
    ///
    /// Where the literal stands, it must mean what the bound value would.
    ///
    /// - Throws: `DatabaseError` with code `valueNotRepresentable` for a value that the database cannot hold unchanged.
    func literal(_ value: SQLValue) throws(DatabaseError) -> String

    /// Writes a column type.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` when the database has no such type.
    func spelling(of type: ColumnType) throws(DatabaseError) -> String

    /// Writes a schema operation as the statements that perform it, in order.
    ///
    /// `model` is the schema before the operation, as far as it is known: a table that raw SQL made may be missing. It is
    /// for databases that cannot make a change by itself, and have to say again what is there.
    ///
    /// - Throws: `DatabaseError` with code `unsupportedFeature` when the database cannot do it.
    func statements(for operation: SchemaOperation, in model: SchemaModel) throws(DatabaseError) -> [Statement]

    /// Classifies an error of the database's own.
    func error(for native: NativeError) -> DatabaseError

    /// Prepares to open sessions with the database of a URL.
    ///
    /// Opens none.
    ///
    /// - Throws: `DatabaseError` with code `invalidURL` when the URL does not suit the dialect, naming the part at fault.
    func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector
}

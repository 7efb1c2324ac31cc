/// A dialect whose spelling depends on the server, and that can be told the server without a session.
///
/// It is for SQL that is written without a database; a session finds out by itself: see `DialectRefining`.
public protocol ServerVersioned: Dialect {
    /// The dialect as it suits a server of a version, which is written as the server writes it itself.
    ///
    /// - Throws: `DatabaseError` with code `invalidConfiguration` when it is not such a version.
    func refined(for serverVersion: String) throws(DatabaseError) -> any Dialect
}

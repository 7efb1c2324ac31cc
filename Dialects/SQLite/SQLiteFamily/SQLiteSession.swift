internal import CSQLiteFamily
public import DialectCore

/// A session that was opened and has read nothing yet: what a dialect may prepare in its own way.
///
/// Belongs to the call that it is given to.
public struct SQLiteSession: ~Copyable {
    private let database: SQLiteDatabase

    init(_ database: SQLiteDatabase) { self.database = database }

    /// The library's handle of the database (`sqlite3 *`), for functions that only this library has.
    ///
    /// Use it during the call only, and close nothing with it.
    public var handle: OpaquePointer { database.pointer }

    /// Runs a statement, such as a PRAGMA, and returns the text in the first column of its first row, or nil without one.
    ///
    /// Do not read the file with it: there is no wait for a lock. The statement's text is part of its error, so no secret
    /// may be in it.
    ///
    /// - Throws: `DatabaseError` as the library reports it.
    @discardableResult
    public func run(_ sql: String) throws(DatabaseError) -> String? {
        let (code, text) = database.run(sql)
        guard code == SQLITE_DONE else { throw database.error(code, statement: sql) }
        return text
    }
}

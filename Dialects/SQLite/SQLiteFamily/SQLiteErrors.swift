internal import CSQLiteFamily
internal import DialectCore

/// An error as sqlite3 reports it, and where it happened.
///
/// https://sqlite.org/rescode.html
struct SQLiteFailure {
    /// The result code, extended where sqlite3 gave it so.
    var code: Int
    /// sqlite3's words.
    var message: String
    /// The text of the statement.
    var statement: String?
    /// The path of the database file.
    var path: String?
    /// Whether the statement was refused before it ran.
    var isFromPreparing = false

    private var primaryCode: Int32 { Int32(truncatingIfNeeded: code & 0xFF) }

    private var file: String { path.map { "the database file '\($0)'" } ?? "the database" }

    /// The error in portable terms.
    func error() -> DatabaseError {
        var error = primaryCode == SQLITE_ERROR ? classifiedByMessage() : classifiedByCode()
        error.vendorCode = code
        error.serverMessage = message
        error.statement = statement
        return error
    }

    private func classifiedByCode() -> DatabaseError {
        switch primaryCode {
        case SQLITE_CONSTRAINT:
            constraintViolation()
        case SQLITE_BUSY where code == SQLiteCode.busySnapshot:
            DatabaseError(
                .serializationFailure,
                "The transaction read before another one wrote, so it cannot write any more; run it again from its begin."
            )
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
            DatabaseError(.lockTimeout, "Another connection holds the lock on \(file); try again.")
        case SQLITE_READONLY where code == SQLiteCode.readOnlyMoved:
            DatabaseError(.connectionLost, "While it was open, \(file) was moved or deleted; connect again.")
        case SQLITE_READONLY:
            DatabaseError(
                .readOnlyViolation,
                "The statement writes, but \(file) is read-only here; check the permissions of the file and its folder "
                    + "and the URL option 'mode'."
            )
        case SQLITE_FULL:
            DatabaseError(.storageFull, "The storage of \(file) is full; free some space and try again.")
        case SQLITE_CORRUPT:
            DatabaseError(.storageCorrupt, "Reading found damage in \(file); restore it from a backup.")
        case SQLITE_NOTADB:
            DatabaseError(.storageCorrupt, "Not an SQLite database, or an encrypted one: \(file); check the path.")
        case SQLITE_CANTOPEN:
            DatabaseError(
                .connectionFailed,
                "SQLite cannot open \(file) or a file that it keeps beside it; check the path, and the permissions of "
                    + "the file and its folder."
            )
        case SQLITE_PERM, SQLITE_AUTH:
            DatabaseError(.permissionDenied, "Access to \(file) was denied; check its permissions.")
        case SQLITE_INTERRUPT:
            DatabaseError(.cancelled, "The statement was cancelled.")
        case SQLITE_TOOBIG:
            DatabaseError(.valueOutOfRange, "A text or blob is larger than SQLite's limit of a billion bytes.")
        case SQLITE_MISMATCH:
            DatabaseError(
                .valueOutOfRange,
                "A value has a type that its column cannot hold, such as text for a row id."
            )
        case SQLITE_ABORT:
            DatabaseError(.invalidTransactionState, "The statement was ended by the rollback of its transaction.")
        case SQLITE_IOERR:
            DatabaseError(.other, "The storage of \(file) failed (SQLite's I/O error \(code)); check the disk.")
        default:
            DatabaseError(.other, "SQLite reports error \(code) for \(file).")
        }
    }
}

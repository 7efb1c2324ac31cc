internal import CSQLiteFamily
internal import DialectCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension SQLiteDatabase {
    /// Opens a file or a database in memory.
    ///
    /// - Throws: `DatabaseError` that names the path and says what is in the way.
    static func open(
        _ options: SQLiteOptions,
        interrupter: SQLiteInterrupter
    ) throws(DatabaseError) -> SQLiteDatabase {
        guard sqlite3_threadsafe() != 0 else {
            throw DatabaseError(
                .connectionFailed,
                "The system's sqlite3 was built for programs of one thread; install one built with SQLITE_THREADSAFE=1."
            )
        }
        if let path = options.path { try refuseUnopenable(path, mode: options.mode) }
        var pointer: OpaquePointer?
        let flags = SQLITE_OPEN_NOMUTEX | options.openFlags
        let code = sqlite3_open_v2(options.path ?? ":memory:", &pointer, flags, nil)
        guard code == SQLITE_OK, let pointer else {
            let message = pointer.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close(pointer)
            throw SQLiteFailure(code: Int(code), message: message, path: options.path).error()
        }
        return SQLiteDatabase(pointer: pointer, options: options, interrupter: interrupter)
    }

    /// The faults that sqlite3 reports with one and the same code.
    private static func refuseUnopenable(_ path: String, mode: SQLiteOptions.Mode) throws(DatabaseError) {
        let parent = path.parentFolder
        switch FileKind(path) {
        case .folder:
            throw DatabaseError(
                .connectionFailed,
                "The database path '\(path)' is a folder; add the name of a file in it to the URL."
            )
        case .other:
            if access(path, R_OK) != 0 {
                throw DatabaseError(
                    .permissionDenied,
                    "This user may not read the database file '\(path)'; change the file's permissions or owner."
                )
            }
        case .missing:
            guard FileKind(parent) == .folder else {
                throw DatabaseError(
                    .connectionFailed,
                    "The folder '\(parent)' of the database file '\(path)' does not exist; create it, or correct the path "
                        + "in the URL (an absolute path has four slashes: sqlite:////absolute.db)."
                )
            }
            guard mode == .readWriteCreate else {
                throw DatabaseError(
                    .connectionFailed,
                    "The database file '\(path)' does not exist, and the URL option mode=\(mode.rawValue) does not create "
                        + "it; correct the path or use mode=rwc."
                )
            }
            guard access(parent, W_OK | X_OK) == 0 else {
                throw DatabaseError(
                    .permissionDenied,
                    "This user may not create the database file '\(path)'; change the permissions of the folder "
                        + "'\(parent)' or use another one."
                )
            }
        case .unreachable:
            throw DatabaseError(
                .permissionDenied,
                "This user may not look into a folder on the way to the database file '\(path)'; change its permissions."
            )
        }
    }
}

extension SQLiteOptions {
    fileprivate var openFlags: Int32 {
        switch mode {
        case .readOnly: SQLITE_OPEN_READONLY
        case .readWrite: SQLITE_OPEN_READWRITE
        case .readWriteCreate, .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        }
    }
}

/// What is at a path.
private enum FileKind {
    case missing, folder, other, unreachable

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = errno == EACCES ? .unreachable : .missing
            return
        }
        self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
    }
}

extension String {
    /// The path of the folder that an absolute path is in.
    fileprivate var parentFolder: String {
        let parts = split(separator: "/")
        return "/" + parts.dropLast().joined(separator: "/")
    }
}

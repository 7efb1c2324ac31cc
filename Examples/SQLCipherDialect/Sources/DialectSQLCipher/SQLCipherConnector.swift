internal import CSQLCipher
internal import DialectCore
internal import Logging
internal import SQLiteFamily

/// Opens connections to one encrypted file: those of SQLite, with a key set before anything is read.
struct SQLCipherConnector: Connector {
    private let options: SQLCipherOptions
    private let sqlite: SQLiteConnector

    init(dialect: SQLCipherDialect, options: SQLCipherOptions, logger: Logger) {
        self.options = options
        sqlite = SQLiteConnector(dialect: dialect, options: options.file, logger: logger) {
            (session: borrowing SQLiteSession) throws(DatabaseError) in
            try Self.unlock(session, options)
        }
    }

    func connect() async throws(DatabaseError) -> any Connection {
        do {
            return try await sqlite.connect()
        } catch {
            throw explained(error)
        }
    }

    private static func unlock(_ session: borrowing SQLiteSession, _ options: SQLCipherOptions) throws(DatabaseError) {
        try SQLCipherLibrary.refuseOtherLibrary(session)
        // Not with PRAGMA key, because a statement's text may be traced and logged.
        var passphrase = options.passphrase.reveal()
        let code = passphrase.withUTF8 { sqlite3_key(session.handle, $0.baseAddress, Int32($0.count)) }
        guard code == SQLITE_OK else {
            throw DatabaseError(.connectionFailed, "SQLCipher could not set the key.", vendorCode: Int(code))
        }
        for (name, value) in options.settings {
            try session.run("PRAGMA \(name) = '\(value)'")
            // SQLCipher ignores what it does not know, and would encrypt with something else.
            guard try session.run("PRAGMA \(name)")?.lowercased() != value.lowercased() else { continue }
            throw DatabaseError(
                .invalidConfiguration,
                "The linked release of SQLCipher does not take '\(value)' for the URL option '\(name)'; remove the option or "
                    + "give another value."
            )
        }
    }

    /// SQLCipher has one and the same error for a wrong passphrase and for a file that is none of its own.
    private func explained(_ error: DatabaseError) -> DatabaseError {
        let isUnreadable = error.vendorCode.map { $0 & 0xFF } == Int(SQLITE_NOTADB)
        guard isUnreadable, let path = options.file.path else { return error }
        var error = error
        if isPlainDatabase(path) {
            error.code = .storageCorrupt
            error.message =
                "The database file '\(path)' is not encrypted; open it as plain SQLite, or give the path of an encrypted "
                + "file. The function sqlcipher_export() copies a plain database into an encrypted one."
        } else {
            error.code = .authenticationFailed
            error.message =
                "The passphrase does not open the database file '\(path)', or the file was made with other values of "
                + "'cipher', 'kdf_iter' or 'cipher_page_size' than the URL has."
        }
        return error
    }
}

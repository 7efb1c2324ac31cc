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
        guard let path = options.file.path else { return try await sqlite.connect() }
        while true {
            let isNew = isUnwritten(path)
            do throws(DatabaseError) {
                let connection = try await sqlite.connect()
                if isNew { try await settleSalt(of: connection) }
                return connection
            } catch {
                // Somebody else's first page came between; the next session gets its key from the salt in it.
                if isNew, isUnreadable(error), !isUnwritten(path) { continue }
                throw explained(error, path)
            }
        }
    }

    /// Writes the first page of a file, or reads it where somebody else was first.
    ///
    /// A session that gets its key while the file is empty makes up a salt. The file keeps the salt of the session that
    /// writes first, and the others cannot read it: https://github.com/sqlcipher/sqlcipher/issues/138
    private func settleSalt(of connection: any Connection) async throws(DatabaseError) {
        do throws(DatabaseError) {
            try await connection.begin(.readWrite)
            try await connection.commit()
        } catch {
            // Who may only read is none of those who write first.
            if error.code == .readOnlyViolation { return }
            await connection.close()
            throw error
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
    private func explained(_ error: DatabaseError, _ path: String) -> DatabaseError {
        guard isUnreadable(error) else { return error }
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

    private func isUnreadable(_ error: DatabaseError) -> Bool {
        error.vendorCode.map { $0 & 0xFF } == Int(SQLITE_NOTADB)
    }
}

internal import CSQLiteFamily
internal import DialectCore
internal import Logging

extension SQLiteConnection {
    /// Opens the database and makes it ready for the first statement.
    ///
    /// - Throws: `DatabaseError` that names the path.
    func open() async throws(DatabaseError) {
        let database = try SQLiteDatabase.open(options, interrupter: interrupter)
        self.database = database
        try preparation?(SQLiteSession(database))
        guard let path = options.path else { return }
        // The file is there by now. Its identity, unlike its path, is the same for everybody who has it open.
        file = FileIdentity(path: path)
        writers = file.map(WriterQueueRegistry.queue)
        // The first statement that reads the file: here it turns out whether it is a database at all.
        let mode = try await setting("PRAGMA journal_mode")
        if options.journalMode != .keep, mode != options.journalMode.rawValue, !database.isReadOnly {
            try await changeJournalMode(from: mode)
        }
        _ = try await setting("PRAGMA synchronous = \(options.synchronous.rawValue)")
    }

    /// A file that cannot have the mode is used in the one that it has: its folder may be read-only, its file system may
    /// lack shared memory, or another program may be using it all the time.
    private func changeJournalMode(from mode: String?) async throws(DatabaseError) {
        let wanted = options.journalMode.rawValue
        let now: String?
        do {
            try await takeSlot()
            defer { slot = nil }
            now = try await setting("PRAGMA journal_mode = \(wanted)")
        } catch {
            guard [.lockTimeout, .readOnlyViolation, .connectionFailed, .other].contains(error.code) else {
                throw error
            }
            now = mode
        }
        guard now != wanted else { return }
        logger.info(
            "the database file keeps its journal mode",
            metadata: ["path": "\(options.path ?? "")", "mode": "\(now ?? "unknown")", "wanted": "\(wanted)"]
        )
    }

    /// Runs a PRAGMA and returns its value.
    private func setting(_ pragma: String) async throws(DatabaseError) -> String? {
        var wait: BusyWait?
        while true {
            let database = try openDatabase()
            let (code, text) = database.run(pragma)
            if code == SQLITE_DONE { return text }
            guard SQLiteCode.isWorthWaiting(code) else { throw database.error(code, statement: pragma) }
            try await pause(&wait, after: code)
        }
    }
}

internal import CSQLiteFamily
internal import DialectCore

/// An open database: sqlite3's handle and its prepared statements.
///
/// Belongs to one connection and is used on its thread only, so sqlite3 needs no locks of its own.
final class SQLiteDatabase {
    /// What preparing a statement gave.
    enum Preparation {
        case ready(SQLiteStatement)
        /// Preparing reads the schema, for which there may be no lock.
        case busy(Int32)
    }

    let pointer: OpaquePointer
    private let path: String?
    private let enforcesForeignKeys: Bool
    private let observer = SQLiteStatementObserver()
    private let interrupter: SQLiteInterrupter
    private var cache: SQLiteStatementCache
    private var isClosed = false

    /// How many instructions of its virtual machine sqlite3 runs before it asks whether to stop: less than a
    /// millisecond.
    private static let instructionsBetweenQuestions: Int32 = 10_000

    init(pointer: OpaquePointer, options: SQLiteOptions, interrupter: SQLiteInterrupter) {
        self.pointer = pointer
        self.interrupter = interrupter
        path = options.path
        cache = SQLiteStatementCache(capacity: options.cachedStatements)
        enforcesForeignKeys = options.enforcesForeignKeys
        sqlite3_extended_result_codes(pointer, 1)
        restoreForeignKeys()
        // Without these two a misspelt quoted column is read as a text: https://sqlite.org/quirks.html#dblquote
        dialect_sqlite_configure(pointer, SQLITE_DBCONFIG_DQS_DML, 0, nil)
        dialect_sqlite_configure(pointer, SQLITE_DBCONFIG_DQS_DDL, 0, nil)
        sqlite3_progress_handler(
            pointer,
            Self.instructionsBetweenQuestions,
            { context in
                guard let context else { return 0 }
                return Unmanaged<SQLiteInterrupter>.fromOpaque(context).takeUnretainedValue().wantsStop ? 1 : 0
            },
            Unmanaged.passUnretained(interrupter).toOpaque()
        )
        observer.observe(pointer)
        interrupter.attach(pointer)
    }

    deinit { close() }

    /// Ends every statement, and a transaction without its work, and closes the file; does nothing the second time.
    ///
    /// After it the database may only be let go.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        interrupter.attach(nil)
        var statement = sqlite3_next_stmt(pointer, nil)
        while let running = statement {
            sqlite3_reset(running)
            statement = sqlite3_next_stmt(pointer, running)
        }
        if !isAutocommit { _ = run("ROLLBACK") }
        cache.removeAll()
        // The second version leaves the memory of a statement that a suspended call still holds to that call.
        sqlite3_close_v2(pointer)
    }

    /// Whether no transaction is open.
    var isAutocommit: Bool { sqlite3_get_autocommit(pointer) != 0 }

    /// Whether the file can only be read.
    var isReadOnly: Bool { sqlite3_db_readonly(pointer, "main") == 1 }

    /// Whether an open transaction has read and not written, and so cannot wait for another writer: that one's changes
    /// are not in what it has read.
    var isBoundToSnapshot: Bool { !isAutocommit && dialect_sqlite_is_reading(pointer) != 0 }

    /// The number of rows that the last INSERT, UPDATE or DELETE matched.
    var changes: Int { Int(dialect_sqlite_changes(pointer)) }

    var cachedStatementCount: Int { cache.count }

    /// The prepared statement for a text, from the cache where it is there.
    ///
    /// - Throws: `DatabaseError` when the text is not one valid statement.
    func prepare(_ sql: String) throws(DatabaseError) -> Preparation {
        if let statement = cache.statement(for: sql) { return .ready(statement) }
        guard !sql.utf8.contains(0) else {
            // sqlite3 would take what comes before it for the whole.
            throw DatabaseError(.syntaxError, "The statement's text has a NUL character in it; bind values instead.")
        }
        observer.reset()
        var pointer: OpaquePointer?
        var rest = 0
        let code = withUTF8(of: sql) { text, count in
            var tail: UnsafePointer<CChar>?
            let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
            let code = dialect_sqlite_prepare(self.pointer, text, count, flags, &pointer, &tail)
            rest = tail.map { $0 - text } ?? 0
            return code
        }
        if SQLiteCode.isWorthWaiting(code) { return .busy(code) }
        guard code == SQLITE_OK else { throw error(code, statement: sql, isFromPreparing: true) }
        guard let pointer else {
            throw DatabaseError(.syntaxError, "The statement is empty.", statement: sql)
        }
        let statement = SQLiteStatement(pointer: pointer, sql: sql, findings: observer.findings)
        if rest < sql.utf8.count { try refuseSecondStatement(in: sql, from: rest) }
        cache.insert(statement)
        return .ready(statement)
    }

    /// Only white space and comments may follow a statement: sqlite3 would silently leave the rest out.
    private func refuseSecondStatement(in sql: String, from start: Int) throws(DatabaseError) {
        observer.refusesEverything = true
        defer { observer.refusesEverything = false }
        let rest = String(decoding: sql.utf8.dropFirst(start), as: UTF8.self)
        var pointer: OpaquePointer?
        let code = withUTF8(of: rest) { text, count in
            dialect_sqlite_prepare(self.pointer, text, count, 0, &pointer, nil)
        }
        sqlite3_finalize(pointer)
        guard code != SQLITE_OK || pointer != nil else { return }
        throw DatabaseError(
            .syntaxError,
            "The text holds more than one statement; execute them one by one.",
            statement: sql
        )
    }

    private func withUTF8<Result>(
        of text: String,
        _ body: (UnsafePointer<CChar>, Int32) -> Result
    ) -> Result {
        // With the terminating zero counted in, sqlite3 need not copy the text.
        text.withCString { body($0, Int32(clamping: text.utf8.count + 1)) }
    }

    /// The error for a result code of the last call.
    func error(_ code: Int32, statement: String?, isFromPreparing: Bool = false) -> DatabaseError {
        SQLiteFailure(
            code: Int(code),
            message: String(cString: sqlite3_errmsg(pointer)),
            statement: statement,
            path: path,
            isFromPreparing: isFromPreparing
        ).error()
    }

    private func restoreForeignKeys() {
        dialect_sqlite_configure(pointer, SQLITE_DBCONFIG_ENABLE_FKEY, enforcesForeignKeys ? 1 : 0, nil)
    }

    /// Stops to enforce foreign keys.
    func suspendForeignKeys() { dialect_sqlite_configure(pointer, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nil) }

    /// Undoes the settings of a session that cannot be opened anew.
    func restoreSettings() {
        restoreForeignKeys()
        _ = run("PRAGMA query_only = OFF")
        _ = run("PRAGMA legacy_alter_table = OFF")
    }

    /// Runs a statement of this dialect's own that has no rows, prepared and without being interrupted.
    ///
    /// Returns SQLITE_DONE, or the code of a lock that was not granted.
    func command(_ sql: String) throws(DatabaseError) -> Int32 {
        switch try prepare(sql) {
        case .busy(let code): return code
        case .ready(let statement):
            defer { statement.reset() }
            let code = statement.step()
            guard code == SQLITE_DONE || SQLiteCode.isWorthWaiting(code) else { throw error(code, statement: sql) }
            return code
        }
    }

    /// Runs a statement of this dialect's own and returns the text in the first column of its first row.
    ///
    /// Not cached, not cancelled, and without a wait for locks.
    func run(_ sql: String) -> (code: Int32, text: String?) {
        var pointer: OpaquePointer?
        defer { sqlite3_finalize(pointer) }
        var code = dialect_sqlite_prepare(self.pointer, sql, -1, 0, &pointer, nil)
        guard code == SQLITE_OK else { return (code, nil) }
        code = sqlite3_step(pointer)
        guard code == SQLITE_ROW else { return (code, nil) }
        let text = sqlite3_column_text(pointer, 0).map { String(cString: $0) }
        while code == SQLITE_ROW { code = sqlite3_step(pointer) }
        return (code, text)
    }
}

internal import CSQLiteFamily

/// Learns what a statement does from sqlite3's authorizer, which is asked about each action while it is prepared.
///
/// The parser's own answer is exact where looking at the first word of the text would be a guess.
///
/// https://sqlite.org/c3ref/set_authorizer.html
final class SQLiteStatementObserver {
    /// What a statement was seen to do.
    struct Findings: OptionSet {
        let rawValue: Int
        /// Inserts, updates or deletes rows.
        static let changesRows = Findings(rawValue: 1)
        /// Creates, alters or drops something.
        static let changesSchema = Findings(rawValue: 2)
        /// Is a PRAGMA, which may do its work while it is prepared and so must be prepared each time.
        static let pragma = Findings(rawValue: 4)
        /// Leaves something in the session: a setting, an attached file, a temporary table.
        static let changesSession = Findings(rawValue: 8)
        /// Ends the transaction without its work.
        static let rollsBack = Findings(rawValue: 16)
    }

    private(set) var findings: Findings = []

    /// Refuses every statement, also one that would do its work while it is prepared.
    var refusesEverything = false

    /// Forgets the last statement.
    func reset() { findings = [] }

    fileprivate func note(_ action: Int32, _ first: String?, _ second: String?) {
        switch action {
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
            findings.insert(.changesRows)
        case SQLITE_CREATE_TEMP_INDEX, SQLITE_CREATE_TEMP_TABLE, SQLITE_CREATE_TEMP_TRIGGER, SQLITE_CREATE_TEMP_VIEW:
            findings.formUnion([.changesSchema, .changesSession])
        case SQLITE_CREATE_INDEX, SQLITE_CREATE_TABLE, SQLITE_CREATE_TRIGGER, SQLITE_CREATE_VIEW, SQLITE_CREATE_VTABLE,
            SQLITE_DROP_INDEX, SQLITE_DROP_TABLE, SQLITE_DROP_TRIGGER, SQLITE_DROP_VIEW, SQLITE_DROP_VTABLE,
            SQLITE_DROP_TEMP_INDEX, SQLITE_DROP_TEMP_TABLE, SQLITE_DROP_TEMP_TRIGGER, SQLITE_DROP_TEMP_VIEW,
            SQLITE_ALTER_TABLE, SQLITE_REINDEX, SQLITE_ANALYZE:
            findings.insert(.changesSchema)
        case SQLITE_PRAGMA:
            findings.insert(.pragma)
            if second != nil, let first, !Self.readingPragmas.contains(first.lowercased()) {
                findings.insert(.changesSession)
            }
        case SQLITE_ATTACH, SQLITE_DETACH:
            findings.insert(.changesSession)
        case SQLITE_TRANSACTION where first == "ROLLBACK":
            findings.insert(.rollsBack)
        default:
            break
        }
    }

    /// Pragmas whose value says what to look at, or that change the file and not the session.
    private static let readingPragmas: Set = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
        "foreign_key_check", "integrity_check", "quick_check", "wal_checkpoint", "incremental_vacuum", "optimize",
        "user_version", "application_id",
    ]

    /// Starts to observe a database, which must be closed before the observer is gone.
    func observe(_ database: OpaquePointer) {
        sqlite3_set_authorizer(
            database,
            { context, action, first, second, _, _ in
                guard let context else { return SQLITE_OK }
                let observer = Unmanaged<SQLiteStatementObserver>.fromOpaque(context).takeUnretainedValue()
                if observer.refusesEverything { return SQLITE_DENY }
                // Reading a column is the most frequent action, and of no interest.
                if action != SQLITE_READ {
                    observer.note(action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
                }
                return SQLITE_OK
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }
}

import DialectCore

/// A database in memory: tables of one text column, one writer at a time, and everything undone by a rollback.
actor MockDatabase {
    struct State: Sendable, Equatable {
        /// The rows by the name of their table.
        var tables: [String: [String]] = [:]
        /// The statements that did something else.
        var notes: [String] = []
        /// The rows of the migrator's journal.
        var journal = MockJournal()
    }

    /// What outsiders see.
    private(set) var committed: State

    /// What the open transaction sees, and whose it is.
    private var transaction: (state: State, owner: ObjectIdentifier)?
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// Who has the named locks.
    private var locks: [String: ObjectIdentifier] = [:]

    init(_ tables: [String: [String]] = [:]) { committed = State(tables: tables) }

    /// Whether a named lock is taken.
    var isLocked: Bool { !locks.isEmpty }

    /// Takes a named lock unless somebody else has it.
    func lock(_ name: String, _ owner: ObjectIdentifier) -> Bool {
        if locks[name] == nil { locks[name] = owner }
        return locks[name] == owner
    }

    func unlock(_ name: String, _ owner: ObjectIdentifier) {
        if locks[name] == owner { locks[name] = nil }
    }

    /// Another program's change.
    func change(_ body: @Sendable (inout State) -> Void) { body(&committed) }

    /// Waits for the one transaction, in the order of the calls.
    func begin(_ owner: ObjectIdentifier) async {
        while transaction != nil { await withCheckedContinuation { waiting.append($0) } }
        transaction = (committed, owner)
    }

    func commit(_ owner: ObjectIdentifier) throws(DatabaseError) {
        guard let open = transaction, open.owner == owner else { throw Self.noTransaction }
        committed = open.state
        end()
    }

    func rollBack(_ owner: ObjectIdentifier) {
        if transaction?.owner == owner { end() }
    }

    func execute(_ statement: Statement, for owner: ObjectIdentifier) throws(DatabaseError) -> StatementResult {
        let sql = try statement.sql(for: MockDialect())
        guard var open = transaction, open.owner == owner else { return try run(sql, statement.parameters, &committed) }
        let result = try run(sql, statement.parameters, &open.state)
        transaction = open
        return result
    }

    private func end() {
        transaction = nil
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }

    private func run(
        _ sql: String,
        _ parameters: [SQLValue],
        _ state: inout State
    ) throws(DatabaseError) -> StatementResult {
        let words = sql.split(separator: " ").map(String.init)
        let values = parameters.map { if case .text(let text) = $0 { text } else { "" } }
        if let journal = words.first(where: { $0.hasSuffix("_journal") }), words[0] != "CREATE" {
            guard state.tables[journal] != nil else { throw Self.noTable(journal) }
            if words[0] == "SELECT" { return StatementResult(rows: state.journal.result) }
            if words[0] == "DROP" { state.tables[journal] = nil }
            return StatementResult(affectedRows: state.journal.run(sql, parameters))
        }
        switch (words[0], words.last ?? "") {
        case ("CREATE", let table):
            if state.tables[table] != nil, !words.contains("IF") {
                throw DatabaseError(.duplicateObject, "There is a table \(table).")
            }
            state.tables[table, default: []] += []
        case ("DROP", let table):
            if state.tables.removeValue(forKey: table) == nil { throw Self.noTable(table) }
        case ("SELECT", let table):
            guard let rows = state.tables[table] else { throw Self.noTable(table) }
            return StatementResult(rows: Self.rows(rows))
        case ("INSERT", _):
            state.tables[words[2]]?.append(values[0])
            return StatementResult(affectedRows: 1)
        // The version table's rows are held, not changed.
        case ("UPDATE", "version_num"): break
        case ("UPDATE", _):
            return replace(values[1], in: words[1], by: values[0], &state)
        case ("DELETE", _):
            return replace(values[0], in: words[2], by: nil, &state)
        default: state.notes.append(sql)
        }
        return StatementResult()
    }

    private func replace(_ old: String, in table: String, by new: String?, _ state: inout State) -> StatementResult {
        let rows = state.tables[table] ?? []
        state.tables[table] = rows.compactMap { $0 == old ? new : $0 }
        return StatementResult(affectedRows: rows.count { $0 == old })
    }

    private static func rows(_ texts: [String]) -> Rows {
        var rows = RowsBuilder(columns: ResultColumns([ResultColumn(name: "version_num")]))
        for text in texts { Array(text.utf8).withUnsafeBytes { rows.append(.text, bytes: $0) } }
        return rows.finish()
    }

    private static func noTable(_ name: String) -> DatabaseError {
        DatabaseError(.undefinedObject, "There is no table \(name).")
    }

    private static let noTransaction = DatabaseError(.invalidTransactionState, "There is no transaction.")
}

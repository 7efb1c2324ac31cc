internal import CSQLiteFamily
internal import DialectCore

/// A prepared statement.
///
/// Belongs to one connection and is used on its thread only.
final class SQLiteStatement {
    let pointer: OpaquePointer
    let sql: String
    /// Whether it leaves the database as it is, by sqlite3's own judgement.
    let isReadOnly: Bool
    /// Whether the number of rows that it changed has a meaning.
    let countsRows: Bool
    let findings: SQLiteStatementObserver.Findings
    private let parameterCount: Int
    /// Whether it has a placeholder such as `?1` or `:name`, which this dialect never writes.
    private let hasNamedParameters: Bool
    private(set) var columnCount: Int32
    private var columns: ResultColumns?
    private var preparations: Int32
    /// When it was last taken from the cache, counted in takes.
    var lastUse: UInt64 = 0

    /// What the last run gave, for which the next one has room from the start.
    private var lastRowCount = 1
    private var lastByteCount = 0
    private static let mostRowsExpected = 1 << 14

    /// The most bytes that a batch of rows holds before it is given out, one row apart, and what a cell adds to its own.
    private static let batchBytes = 1 << 20
    private static let cellBytes = 24

    init(pointer: OpaquePointer, sql: String, findings: SQLiteStatementObserver.Findings) {
        self.pointer = pointer
        self.sql = sql
        self.findings = findings
        isReadOnly = sqlite3_stmt_readonly(pointer) != 0
        countsRows = findings.contains(.changesRows) && !findings.contains(.changesSchema)
        let parameterCount = sqlite3_bind_parameter_count(pointer)
        self.parameterCount = Int(parameterCount)
        hasNamedParameters = (0..<parameterCount).contains { sqlite3_bind_parameter_name(pointer, $0 + 1) != nil }
        columnCount = sqlite3_column_count(pointer)
        preparations = 0
    }

    deinit { sqlite3_finalize(pointer) }

    /// Whether it may be kept and run again.
    var isReusable: Bool { !findings.contains(.pragma) }

    /// Binds the values of a statement's parameters.
    ///
    /// - Throws: `DatabaseError` with code `syntaxError` when the text has another number of placeholders, and with
    ///   `valueNotRepresentable` or `valueOutOfRange` for a value that cannot be stored.
    func bind(_ parameters: [SQLValue]) throws(DatabaseError) {
        guard parameterCount == parameters.count, !hasNamedParameters else {
            throw DatabaseError(
                .syntaxError,
                "The statement has \(parameterCount) \(hasNamedParameters ? "partly named " : "")placeholders and "
                    + "\(parameters.count) bound values; interpolate the values instead of writing placeholders by hand.",
                statement: sql
            )
        }
        var position: Int32 = 0
        for value in parameters {
            position += 1
            try bind(value, at: position)
        }
    }

    /// Runs to the next row or to the end.
    func step() -> Int32 { sqlite3_step(pointer) }

    /// Collects rows, from the one that the statement stands on, until it ends, fails or has given enough.
    ///
    /// Returns the result code of the last step; SQLITE_ROW when there is more.
    func collect(from first: Int32, limit: Int) -> (rows: Rows, code: Int32) {
        guard columnCount > 0, first == SQLITE_ROW || first == SQLITE_DONE else { return (.none, first) }
        var rows = RowsBuilder(
            columns: currentColumns(),
            rows: min(lastRowCount, limit, Self.mostRowsExpected),
            bytes: min(lastByteCount, Self.batchBytes)
        )
        let bytesPerRow = Int(columnCount) * Self.cellBytes
        var (count, bytes) = (0, 0)
        var code = first
        while code == SQLITE_ROW {
            if count >= limit || limit != .max && bytes + rows.byteCount > Self.batchBytes { break }
            appendRow(to: &rows)
            count += 1
            bytes += bytesPerRow
            code = sqlite3_step(pointer)
        }
        (lastRowCount, lastByteCount) = (count, rows.byteCount)
        return (rows.finish(), code)
    }

    /// The columns, read again when sqlite3 had to prepare the statement again for a changed schema.
    private func currentColumns() -> ResultColumns {
        let preparations = dialect_sqlite_repreparations(pointer)
        if let columns, preparations == self.preparations, preparations >= 0 { return columns }
        columnCount = sqlite3_column_count(pointer)
        let columns = ResultColumns(
            (0..<columnCount).map { column in
                ResultColumn(
                    name: sqlite3_column_name(pointer, column).map { String(cString: $0) } ?? "",
                    declaredType: sqlite3_column_decltype(pointer, column).map { String(cString: $0) }
                )
            }
        )
        self.columns = columns
        self.preparations = preparations
        return columns
    }

    /// Ends the run; the bound values stay until others take their places.
    func rewind() { sqlite3_reset(pointer) }

    /// Ends the run and forgets the bound values.
    func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }
}

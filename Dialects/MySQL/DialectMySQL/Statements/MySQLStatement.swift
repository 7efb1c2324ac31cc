#if MySQL
internal import CLibMariaDB
internal import DialectCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A statement that the server has prepared.
// Unchecked: only the connection that prepared it uses it, on its reactor's thread.
final class MySQLStatement: @unchecked Sendable {
    let sql: String
    let text: MySQLStatementText
    let handle: UnsafeMutablePointer<MYSQL_STMT>
    private(set) var parameters = MySQLParameters(count: 0)
    private(set) var columns = ResultColumns([])
    private var readings: [MySQLColumn] = []
    /// Whether the cache has it, so that it is not closed after its run.
    var isKept = false
    /// Whether the tables were altered since it was prepared.
    private(set) var isOutdated = false
    /// When the cache last gave the statement out.
    var lastUse: UInt64 = 0

    /// - Throws: `DatabaseError` with code `other` when there is no memory for it.
    init(_ sql: String, _ text: MySQLStatementText, on session: MySQLSession) throws(DatabaseError) {
        guard let handle = mysql_stmt_init(session.handle) else {
            throw DatabaseError(.other, "libmariadb has no memory for a statement.", statement: sql)
        }
        self.sql = sql
        self.text = text
        self.handle = handle
    }

    var failure: MySQLFailure {
        MySQLFailure(
            code: Int(mysql_stmt_errno(handle)),
            sqlState: String(cString: mysql_stmt_sqlstate(handle)),
            message: String(cString: mysql_stmt_error(handle))
        )
    }

    /// Reads what the server said when it prepared the statement.
    func notePrepared() {
        parameters = MySQLParameters(count: Int(mysql_stmt_param_count(handle)))
        let count = Int(mysql_stmt_field_count(handle))
        if count > 0, let fields = mariadb_stmt_fetch_fields(handle) { readColumns(fields, count) }
    }

    /// Frees the handle of a statement whose session is gone, without asking the server for anything.
    func free() { mysql_stmt_close(handle) }

    /// Whether a run of the statement gives rows, perhaps none.
    var givesRows: Bool { mysql_stmt_field_count(handle) > 0 }

    /// Writes the values where libmariadb finds them; returns how many bytes they take.
    ///
    /// - Throws: `DatabaseError` with code `syntaxError` when the number of values is wrong, and with
    ///   `valueNotRepresentable`.
    func bind(_ values: [SQLValue]) throws(DatabaseError) -> Int {
        guard values.count == parameters.count else {
            throw DatabaseError(
                .syntaxError,
                "The statement has \(parameters.count) placeholders and \(values.count) values; write `?` only by binding.",
                statement: sql
            )
        }
        guard !values.isEmpty else { return 0 }
        let size = try parameters.set(values)
        guard mysql_stmt_bind_param(handle, parameters.binds) == 0 else { throw failure.error(statement: sql) }
        return size
    }

    /// Looks whether the columns are still what they were when the statement was prepared: somebody may have altered a table.
    ///
    /// Then this run is read by what the server sent with it, and for the next one the statement has to be prepared again.
    func noteExecuted() {
        let count = Int(mysql_stmt_field_count(handle))
        guard count > 0, let sent = handle.pointee.mysql?.pointee.fields else { return }
        let prepared = mariadb_stmt_fetch_fields(handle)
        let isAsPrepared =
            count == readings.count
            && readings.indices.allSatisfy { index in
                guard let prepared, let old = prepared[index].name, let new = sent[index].name else { return false }
                return readings[index].suits(sent[index]) && strcmp(old, new) == 0
            }
        guard !isAsPrepared else { return }
        isOutdated = true
        readColumns(sent, count)
    }

    private func readColumns(_ fields: UnsafeMutablePointer<MYSQL_FIELD>, _ count: Int) {
        columns = ResultColumns((0..<count).map { ResultColumn(name: fields[$0].columnName) })
        readings = (0..<count).map { MySQLColumn(fields[$0]) }
    }

    /// Reads the row that was fetched last, from where it lies in the packet.
    ///
    /// No buffers are bound to the result, and then libmariadb only notes where in the packet each cell begins.
    func readRow(into builder: inout RowsBuilder) {
        guard let binds = handle.pointee.bind else { return }
        for (index, reading) in readings.enumerated() {
            if let cell = binds[index].u.row_ptr {
                reading.read(cell, into: &builder)
            } else {
                builder.appendNull()
            }
        }
    }
}

extension MYSQL_FIELD {
    var columnName: String {
        guard let name else { return "" }
        return String(cString: name)
    }
}
#endif

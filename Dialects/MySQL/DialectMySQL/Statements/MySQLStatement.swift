#if MySQL
internal import CLibMariaDB
internal import DialectCore

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
        readColumns()
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

    /// Looks whether the columns are still what they were: somebody may have altered a table.
    func noteExecuted() {
        let count = Int(mysql_stmt_field_count(handle))
        if let fields = mariadb_stmt_fetch_fields(handle), count == readings.count {
            if readings.indices.allSatisfy({ readings[$0].suits(fields[$0]) }) { return }
        } else if count == 0, readings.isEmpty {
            return
        }
        readColumns()
    }

    private func readColumns() {
        let count = Int(mysql_stmt_field_count(handle))
        guard count > 0, let fields = mariadb_stmt_fetch_fields(handle) else {
            (columns, readings) = (ResultColumns([]), [])
            return
        }
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

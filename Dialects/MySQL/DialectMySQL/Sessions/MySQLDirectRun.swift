#if MySQL
internal import CLibMariaDB
internal import DialectCore
internal import DialectReactor

/// A prepared statement that is sent by whoever asks for it and answered from the events that bring its rows.
///
/// A call that goes through the asynchronous code of its connection changes executors a dozen times, which costs more than
/// the statement does.
// Unchecked: the connection, the text and the values never change, and the rest is touched on the reactor's thread only.
final class MySQLDirectRun: StatementRun, @unchecked Sendable {
    /// What is under way.
    enum Stage {
        /// Nothing was sent yet.
        case new
        case executing
        case fetching
        /// The rows are there; what else the statement did is still to be looked at.
        case finishing
    }

    private let connection: MySQLConnection
    let sql: String
    let parameters: [SQLValue]
    private var waiter: End?
    /// Whether its task was cancelled before it began.
    var isCancelled = false
    var stage = Stage.new
    /// The number of its call, for a cancellation.
    var number: UInt64 = 0
    /// The statement that was sent.
    var statement: MySQLStatement?
    /// What libmariadb waits for in the operation under way; 0 when it has ended.
    var status: CInt = 0
    /// How the operation ended.
    var code: CInt = 0
    private var rows = RowsBuilder(columns: noColumns)
    private var affectedRows = 0

    private static let noColumns = ResultColumns([])

    init(_ sql: String, _ parameters: [SQLValue], on connection: MySQLConnection) {
        self.sql = sql
        self.parameters = parameters
        self.connection = connection
    }

    func start(_ end: @escaping End) {
        connection.reactor.run(on: connection) { connection in
            self.waiter = end
            connection.start(self)
        }
    }

    func cancel() { connection.reactor.run(on: connection) { $0.cancel(self) } }

    func finish() async throws(DatabaseError) -> StatementResult { try await connection.finish(self) }

    /// Ends it.
    func end(_ outcome: Result<StatementResult, DatabaseError>) { tellWaiter(outcome) }

    /// Leaves the rest to the task.
    func leave() { tellWaiter(nil) }

    private func tellWaiter(_ outcome: Result<StatementResult, DatabaseError>?) {
        if let afterwards = waiter.take()?(outcome) { connection.reactor.atEndOfTurn(afterwards) }
    }

    /// Notes that the statement has run: it gives rows, which follow, or it has changed some.
    func noteExecuted(_ statement: MySQLStatement, affectedRows count: @autoclosure () -> Int) {
        if statement.givesRows {
            stage = .fetching
            rows = RowsBuilder(columns: statement.columns)
        } else {
            stage = .finishing
            affectedRows = count()
        }
    }

    /// Keeps the row that was fetched last.
    func addRow(of statement: MySQLStatement) { statement.readRow(into: &rows) }

    /// What the statement gave.
    func takeResult() -> StatementResult {
        var all = RowsBuilder(columns: Self.noColumns)
        swap(&all, &rows)
        let count = statement?.text.onlyReads == true ? affectedRows : affectedRows + all.rowCount
        return StatementResult(rows: all.finish(), affectedRows: count)
    }
}
#endif

#if MySQL
internal import CLibMariaDB
internal import DialectCore

/// A prepared statement that is sent by whoever asks for it and answered from the events that bring its rows.
///
/// A call that goes through the asynchronous code of its connection changes executors a dozen times, which costs more than
/// the statement does.
// Unchecked: the text and the values never change, and the rest is touched on the reactor's thread only once `waiter` is
// set.
final class MySQLDirectRun: @unchecked Sendable {
    /// Thrown when the rest of a call needs the asynchronous code.
    struct NeedsTask: Error {}

    /// What is under way.
    enum Stage {
        /// Nothing was sent yet.
        case new
        case executing
        case fetching
        /// The rows are there; what else the statement did is still to be looked at.
        case finishing
    }

    let sql: String
    let parameters: [SQLValue]
    private var waiter: UnsafeContinuation<StatementResult, any Error>?
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

    init(_ sql: String, _ parameters: [SQLValue]) {
        self.sql = sql
        self.parameters = parameters
    }

    /// Keeps whom to tell of the end, before the run begins.
    func wait(_ waiter: UnsafeContinuation<StatementResult, any Error>) { self.waiter = waiter }

    /// Ends it.
    func end(_ outcome: Result<StatementResult, DatabaseError>) { waiter.take()?.resume(with: outcome) }

    /// Leaves the rest to the task.
    func leave() { waiter.take()?.resume(throwing: NeedsTask()) }

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

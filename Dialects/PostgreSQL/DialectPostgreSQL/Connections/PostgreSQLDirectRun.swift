#if PostgreSQL
internal import DialectCore

/// A prepared statement that is sent by whoever asks for it and answered from the event that brings its result.
///
/// A call that goes through the asynchronous code of its connection changes executors a dozen times, which costs more than
/// the statement does.
// Unchecked: `statement` never changes, and the rest is touched on the reactor's thread only once `waiter` is set.
final class PostgreSQLDirectRun: @unchecked Sendable {
    /// How the part that runs in events ends.
    enum End {
        case finished(Result<StatementResult, DatabaseError>)
        /// The statement was not run; it has to be prepared, or to wait for its turn.
        case needsTurn
        /// The statement was sent, and what is left of the call has to be waited for.
        case goesOn
    }

    let statement: Statement
    private var waiter: UnsafeContinuation<End, Never>?
    /// Whether its task was cancelled before it began.
    var isCancelled = false
    /// Whether a repetition would repeat nothing else.
    var isAlone = false
    /// The statement that was sent.
    var prepared: PostgreSQLStatement?
    var outcome = Result<StatementResult, DatabaseError>.success(StatementResult())

    init(_ statement: Statement) { self.statement = statement }

    /// Keeps whom to tell of the end, before the run begins.
    func wait(_ waiter: UnsafeContinuation<End, Never>) { self.waiter = waiter }

    func end(_ end: End) { waiter.take()?.resume(returning: end) }
}
#endif

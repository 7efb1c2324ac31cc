#if PostgreSQL
internal import DialectCore

/// A statement that runs over a shared session, and the task that waits for it.
// Unchecked: touched on the thread of its pipelines' reactor only; the text, the values and the limit never change.
final class PipelinedRead: @unchecked Sendable {
    let sql: String
    let values: [SQLValue]
    /// When the time of the call is over.
    let deadline: ContinuousClock.Instant?
    var attempts = PipelineAttempts()
    /// How many requests to cancel its session had seen when it was sent.
    var cancelsBefore = 0
    /// What came of its answer so far.
    var outcome: Outcome?
    private var waiter: UnsafeContinuation<Result<StatementResult, DatabaseError>, Never>?
    private var isAnswered = false

    /// What an answer was.
    enum Outcome {
        case result(StatementResult)
        case failure(DatabaseError)
        case skipped
    }

    init(_ sql: String, _ values: [SQLValue], deadline: ContinuousClock.Instant?) {
        self.sql = sql
        self.values = values
        self.deadline = deadline
    }

    /// Whether nobody waits any more: its answer, when it comes, is thrown away.
    var isAbandoned: Bool { isAnswered }

    /// Sets who waits; false when the read has its answer already, because it was cancelled before.
    func wait(_ waiter: UnsafeContinuation<Result<StatementResult, DatabaseError>, Never>) -> Bool {
        guard !isAnswered else {
            waiter.resume(returning: .failure(.cancelledRead))
            return false
        }
        self.waiter = waiter
        return true
    }

    /// Answers the task, once; what comes later is thrown away.
    func answer(_ result: Result<StatementResult, DatabaseError>) {
        guard !isAnswered else { return }
        isAnswered = true
        waiter?.resume(returning: result)
        waiter = nil
    }
}

extension DatabaseError {
    static let cancelledRead = DatabaseError(.cancelled, "The task was cancelled, and the statement with it.")
}
#endif

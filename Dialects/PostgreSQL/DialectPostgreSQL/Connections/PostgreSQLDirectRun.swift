#if PostgreSQL
internal import DialectCore
internal import DialectReactor

/// A prepared statement or a command, sent by whoever asks for it and answered from the event that brings its result.
///
/// A call that goes through the asynchronous code of its connection changes executors a dozen times, which costs more than
/// the statement does.
// Unchecked: `connection`, `work` and `kind` never change, and the rest is touched on the reactor's thread only.
final class PostgreSQLDirectRun: StatementRun, @unchecked Sendable {
    enum Work {
        case statement(Statement)
        /// A BEGIN with its options.
        case begin(String)
        case commit
    }

    private let connection: PostgreSQLConnection
    let work: Work
    let kind: PostgreSQLCall.Kind
    private var waiter: End?
    /// Whether its task was cancelled before it began.
    var isCancelled = false
    /// Whether a repetition would repeat nothing else.
    var isAlone = false
    /// Whether it was sent.
    var isSent = false
    /// The statement that was sent; nil for a command.
    var prepared: PostgreSQLStatement?
    var outcome = Result<StatementResult, DatabaseError>.success(StatementResult())

    /// The text of a command.
    var command: String? {
        switch work {
        case .statement: nil
        case .begin(let sql): sql
        case .commit: "COMMIT"
        }
    }

    init(_ work: Work, _ kind: PostgreSQLCall.Kind, on connection: PostgreSQLConnection) {
        self.work = work
        self.kind = kind
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
    func end(_ outcome: Result<StatementResult, DatabaseError>) { tellWaiter(outcome.mapError(asErrorOfRun)) }

    private func tellWaiter(_ outcome: Result<StatementResult, DatabaseError>?) {
        if let afterwards = waiter.take()?(outcome) { connection.reactor.atEndOfTurn(afterwards) }
    }

    /// The error as it is for what was sent.
    func asErrorOfRun(_ error: DatabaseError) -> DatabaseError {
        guard isSent, case .commit = work else { return error }
        return error.ofSentCommit
    }

    /// Leaves the rest to the task: to wait for the answer of what was sent, or to run it after all, because it has to be
    /// prepared first or to wait for its turn.
    func leave(isSent: Bool) {
        self.isSent = isSent
        tellWaiter(nil)
    }
}
#endif

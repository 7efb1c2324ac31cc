#if PostgreSQL
internal import DialectCore

/// What is known of the call that runs on a connection.
struct PostgreSQLCall {
    /// Whether the end of its task, or of its time, ends a call on the server.
    enum Kind {
        case cancellable
        /// It cleans up, so it runs to its end; only its time is limited.
        case shielded
    }

    /// Why a statement is to end before its time.
    enum Reason {
        case cancelled, timedOut
    }

    /// A request to end the statement.
    struct Interruption {
        let reason: Reason
        /// When the session is given up because the server does not answer.
        let giveUpAt: ContinuousClock.Instant
        var hasRequestEnded = false
    }

    /// How long a server has to answer a request to end a statement: enough for a busy one, since the session is lost else.
    static let patience = Duration.seconds(2)

    var number: UInt64 = 0
    var kind = Kind.shielded
    /// When its time is over.
    var deadline: ContinuousClock.Instant?
    var interruption: Interruption?
    /// Whether a statement was sent that may have changed data outside a transaction.
    var mayHaveCommitted = false

    /// When the next wait must end.
    var nextDeadline: ContinuousClock.Instant? { interruption?.giveUpAt ?? deadline }

    /// The error for a call that ended before its time.
    func error(for reason: Reason) -> DatabaseError {
        switch reason {
        case .cancelled: DatabaseError(.cancelled, "The task was cancelled, and the statement with it.")
        case .timedOut:
            DatabaseError(
                .statementTimeout,
                "The call took longer than the URL's command_timeout allows; its statement was cancelled."
            )
        }
    }
}
#endif

#if MySQL
internal import DialectCore

/// Why a session cannot be used any more.
enum MySQLLoss: Sendable, Hashable {
    /// The server ended it, or the network did.
    case ended
    /// A call took longer than `command_timeout`.
    case timedOut
    /// A cancelled statement did not end.
    case cancelled
    /// Somebody called `close()`.
    case closed

    /// The error of the call in which it happened.
    func error(of failure: MySQLFailure?) -> DatabaseError {
        switch self {
        case .ended:
            var error = failure?.error() ?? laterError
            error.code = .connectionLost
            return error
        case .timedOut:
            return DatabaseError(
                .connectionLost,
                "The server did not answer within the URL's 'command_timeout', so the session was given up."
            )
        case .cancelled:
            return DatabaseError(
                .cancelled,
                "The statement was cancelled; the server did not confirm it in time, so the session was given up."
            )
        case .closed: return laterError
        }
    }

    /// The error of every call that follows.
    var laterError: DatabaseError {
        self == .closed
            ? DatabaseError(.connectionClosed, "The connection was closed; check out another one.")
            : DatabaseError(.connectionLost, "The session broke in an earlier call; check out another connection.")
    }
}
#endif

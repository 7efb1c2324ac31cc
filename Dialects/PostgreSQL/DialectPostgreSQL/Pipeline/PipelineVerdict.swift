#if PostgreSQL
/// What to do with a statement whose answer has come over a shared session.
enum PipelineVerdict: Equatable {
    /// The answer is the statement's own.
    case deliver
    /// Something else ended it: it runs again, with Syncs of its own.
    case runAlone
    /// It runs again after it was prepared again.
    case prepareAgain
}

/// How often a statement was run, and what for.
struct PipelineAttempts {
    /// How a run ended.
    enum Ending: Equatable {
        case rows
        /// The server skipped it, because a statement before it failed.
        case skipped
        /// The server ended it for a request to cancel.
        case cancelled
        /// The server does not know the prepared statement any more, or its columns have changed.
        case stale
        case failed
    }

    /// How many times a statement runs again because it was taken for another one that was cancelled.
    static let mostCancels = 5

    private var cancels = 0
    private var hasPreparedAgain = false
    private var hasLostSession = false

    /// Decides about an answer.
    ///
    /// `mayBeMistaken` says that a request to cancel may have been meant for another statement of the session.
    mutating func verdict(on ending: Ending, mayBeMistaken: Bool) -> PipelineVerdict {
        switch ending {
        case .rows, .failed: return .deliver
        case .skipped: return .runAlone
        case .cancelled:
            guard mayBeMistaken, cancels < Self.mostCancels else { return .deliver }
            cancels += 1
            return .runAlone
        case .stale:
            guard !hasPreparedAgain else { return .deliver }
            hasPreparedAgain = true
            return .prepareAgain
        }
    }

    /// Whether it runs again after its session was lost: once.
    mutating func survivesLoss() -> Bool {
        defer { hasLostSession = true }
        return !hasLostSession
    }
}
#endif

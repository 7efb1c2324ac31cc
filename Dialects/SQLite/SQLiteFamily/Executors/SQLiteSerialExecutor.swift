internal import CSQLiteFamily
internal import DialectCore

/// The executor of one session: its jobs run one after the other, on whichever of the threads is free.
// Unchecked: `jobs` and `isInQueue` are touched under the lock of the threads only.
final class SQLiteSerialExecutor: SerialExecutor, @unchecked Sendable {
    /// The jobs that no thread has taken.
    var jobs: [UnownedJob] = []
    /// Whether the session stands in the queue of the threads, or one of them runs its jobs.
    var isInQueue = false
    private let threads: SQLiteThreads

    /// Makes the executor of a session, for which a thread is there.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system has no thread to give.
    init(threads: SQLiteThreads = .shared) throws(DatabaseError) {
        try threads.addSession()
        self.threads = threads
    }

    deinit { threads.removeSession() }

    func enqueue(_ job: consuming ExecutorJob) { threads.add(UnownedJob(job), to: self) }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func checkIsolated() { precondition(isCurrent, "the code runs outside of its connection's executor") }

    /// Runs `body` at once, as if it were a job of the session, or returns nil.
    ///
    /// It is run when the caller is on one of the threads and no job of the session is there; without `overtaking`, only when
    /// nothing else waits for a thread either.
    func runAtOnce<Result>(overtaking: Bool, _ body: () -> Result?) -> Result? {
        guard let outer = dialect_sqlite_current_executor(), threads.enter(self, overtaking: overtaking) else {
            return nil
        }
        dialect_sqlite_set_current_executor(Unmanaged.passUnretained(self).toOpaque())
        defer {
            dialect_sqlite_set_current_executor(outer)
            threads.leave(self)
        }
        return body()
    }

    /// Whether the caller is one of the session's jobs.
    var isCurrent: Bool { dialect_sqlite_current_executor() == Unmanaged.passUnretained(self).toOpaque() }
}

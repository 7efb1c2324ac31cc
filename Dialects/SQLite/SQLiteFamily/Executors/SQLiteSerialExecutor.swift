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

    /// Whether the caller is one of the session's jobs.
    var isCurrent: Bool { dialect_sqlite_current_executor() == Unmanaged.passUnretained(self).toOpaque() }
}

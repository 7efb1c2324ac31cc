/// Runs tasks on the threads of the sessions that they use.
///
/// An object of its own: when a job is told of both a serial and a task executor, nonisolated code in it goes once more
/// through the queue.
final class SQLiteTaskExecutor: TaskExecutor {
    static let shared = SQLiteTaskExecutor()

    private init() {}

    func enqueue(_ job: consuming ExecutorJob) { SQLiteThreads.shared.add(UnownedJob(job)) }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
}

internal import CSQLiteFamily
internal import DialectCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A thread of its own that runs the jobs of one connection: sqlite3 blocks, and Swift's own threads must not.
///
/// It is the actor's serial executor. `SQLiteTaskExecutor` gives the same thread to tasks that prefer it.
///
/// The thread ends when it was told to and has nothing left to do. A job that comes later, such as a call on a closed
/// connection, gets a new thread that ends as soon.
final class SQLiteThread: SerialExecutor {
    private struct Job {
        let job: UnownedJob
        /// The executor that the job was given to, or nil for the serial one.
        let tasks: SQLiteTaskExecutor?
    }

    private struct State {
        var jobs: [Job] = []
        var isRunning = false
        var isIdle = false
        var isStopping = false
        var thread: pthread_t?
    }

    private let state = Monitor(State())
    private let name: String

    /// Starts the thread.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when the system has no thread to give.
    init(name: String) throws(DatabaseError) {
        self.name = name
        state.withLock { $0.isRunning = true }
        let code = start()
        guard code == 0 else {
            throw DatabaseError(
                .connectionFailed,
                "The system refused a thread for a connection (error \(code)); raise the limit of threads, or lower the "
                    + "pool's size."
            )
        }
    }

    func enqueue(_ job: consuming ExecutorJob) { add(Job(job: UnownedJob(job), tasks: nil)) }

    func enqueue(_ job: consuming ExecutorJob, from tasks: SQLiteTaskExecutor) {
        add(Job(job: UnownedJob(job), tasks: tasks))
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func checkIsolated() {
        precondition(isCurrent, "the code runs outside of its connection's thread")
    }

    /// Whether the caller runs on this thread.
    var isCurrent: Bool {
        state.withLock { state in state.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    /// Lets the thread end once it has nothing left to do.
    func stop() {
        state.withLock { $0.isStopping = true }
        state.signal()
    }

    private func add(_ job: Job) {
        let (mustWake, mustStart) = state.withLock { state in
            state.jobs.append(job)
            let (mustWake, mustStart) = (state.isIdle, !state.isRunning)
            state.isIdle = false
            state.isRunning = true
            return (mustWake, mustStart)
        }
        if mustWake {
            state.signal()
        } else if mustStart, start() != 0 {
            // The job cannot be refused, and without a thread its caller would wait for ever.
            fatalError("the system refused a thread for a call on a closed connection")
        }
    }

    private func start() -> Int32 {
        // The thread holds the executor until it ends.
        let executor = Unmanaged.passRetained(self)
        #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(&thread, nil, { threadBody($0) }, executor.toOpaque())
        #else
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { $0.flatMap(threadBody) }, executor.toOpaque())
        #endif
        guard code == 0 else {
            executor.release()
            return code
        }
        #if canImport(Darwin)
        if let thread { pthread_detach(thread) }
        #else
        pthread_detach(thread)
        #endif
        return 0
    }

    fileprivate func run() {
        dialect_sqlite_name_thread(name)
        state.withLock { $0.thread = pthread_self() }
        var batch: [Job] = []
        while takeJobs(into: &batch) {
            for item in batch {
                if let tasks = item.tasks {
                    item.job.runSynchronously(on: tasks.asUnownedTaskExecutor())
                } else {
                    item.job.runSynchronously(on: asUnownedSerialExecutor())
                }
            }
            batch.removeAll(keepingCapacity: true)
        }
    }

    /// Waits for jobs; returns false when the thread is to end.
    private func takeJobs(into batch: inout [Job]) -> Bool {
        state.wait { state in
            if !state.jobs.isEmpty {
                swap(&state.jobs, &batch)
                return true
            }
            if state.isStopping {
                state.isRunning = false
                state.thread = nil
                return false
            }
            state.isIdle = true
            return nil
        }
    }
}

private func threadBody(_ executor: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<SQLiteThread>.fromOpaque(executor).takeRetainedValue().run()
    return nil
}

/// Gives a connection's thread to tasks that prefer it.
///
/// An object of its own: when a job is told of both executors at once, nonisolated code in it goes once more through the
/// queue.
final class SQLiteTaskExecutor: TaskExecutor {
    private let thread: SQLiteThread

    init(thread: SQLiteThread) { self.thread = thread }

    func enqueue(_ job: consuming ExecutorJob) { thread.enqueue(job, from: self) }

    func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
}

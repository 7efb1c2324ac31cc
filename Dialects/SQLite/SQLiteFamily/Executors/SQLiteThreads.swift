internal import CSQLiteFamily
internal import DequeModule
internal import DialectCore
internal import Locking

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The threads on which sqlite3 works, for all sessions of the process: sqlite3 blocks, and Swift's own threads must not.
///
/// A session belongs to no thread. It is a serial executor, `SQLiteSerialExecutor`, whose jobs run one after the other on
/// whichever thread is free; `SQLiteTaskExecutor` runs the tasks that use sessions on the same threads. So what passes from a
/// task to a session, from there back and to the next task stays on the processor where it is, and wakes no thread: a
/// wake-up takes several times as long as a select by key.
///
/// Work begins in the order in which it came. Threads start when they are needed, and end when no session is open.
final class SQLiteThreads: Sendable {
    /// A piece of work.
    private enum Work {
        /// The jobs of a session that are there now.
        case session(SQLiteSerialExecutor)
        case task(UnownedJob)
    }

    private struct State: Sendable {
        var crew: ThreadCrew
        var queue: Deque<Work> = []
        var isWatched = false

        /// What a thread that is free does next, with the jobs of a session; nil for nothing.
        mutating func takeWork(_ id: Int, _ jobs: inout [UnownedJob]) -> Work? {
            guard crew.mayWork(id), let work = queue.popFirst() else { return nil }
            crew.begin(id)
            if case .session(let session) = work { swap(&session.jobs, &jobs) }
            return work
        }
    }

    static let shared = SQLiteThreads(workingLimit: max(2, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))

    private let state: Monitor<State>
    /// How long a thread may be with one piece of work before another one is called in its place, in microseconds.
    private static let patience: UInt32 = 1000
    /// After how many looks at an empty queue the watching ends.
    private static let looksAtNothing = 50

    init(workingLimit: Int) { state = Monitor(State(crew: ThreadCrew(workingLimit: workingLimit))) }

    /// Whether the caller runs on one of these threads.
    static var isCurrent: Bool { dialect_sqlite_current_executor() != nil }

    /// How many threads there are, without the one that watches.
    var count: Int { state.withLock { $0.crew.threads } }

    // MARK: Sessions

    /// Notes that there is one more session.
    ///
    /// - Throws: `DatabaseError` with code `connectionFailed` when there is no thread and the system gives none.
    func addSession() throws(DatabaseError) {
        let call = state.withLock { state in
            state.crew.sessions += 1
            return state.crew.threads == 0 ? state.crew.call() : .nobody
        }
        guard case .newcomer(let id) = call else { return }
        let code = start(id)
        guard code != 0 else { return }
        removeSession()
        throw DatabaseError(
            .connectionFailed,
            "The system refused a thread for a connection (error \(code)); raise the limit of threads."
        )
    }

    /// Notes that a session is gone; the threads end with the last one.
    func removeSession() {
        let isLast = state.withLock { state in
            state.crew.sessions -= 1
            return state.crew.sessions == 0
        }
        if isLast { state.broadcast() }
    }

    // MARK: Adding work

    /// Adds a job of a task.
    func add(_ job: UnownedJob) {
        perform(state.withLock { Self.add(.task(job), to: &$0) })
    }

    /// Adds a job of a session.
    func add(_ job: UnownedJob, to session: SQLiteSerialExecutor) {
        perform(
            state.withLock { state in
                session.jobs.append(job)
                guard !session.isInQueue else { return .nothing }
                session.isInQueue = true
                return Self.add(.session(session), to: &state)
            }
        )
    }

    // MARK: Running at once

    /// Lets a thread have a session none of whose jobs is there, unless something else waits that must not be overtaken;
    /// returns whether it has it.
    func enter(_ session: SQLiteSerialExecutor, overtaking: Bool) -> Bool {
        state.withLock { state in
            guard !session.isInQueue, overtaking || state.queue.isEmpty else { return false }
            session.isInQueue = true
            return true
        }
    }

    /// Gives a session back, with the jobs that came meanwhile.
    func leave(_ session: SQLiteSerialExecutor) {
        perform(
            state.withLock { state in
                session.isInQueue = !session.jobs.isEmpty
                return session.isInQueue ? Self.add(.session(session), to: &state) : .nothing
            }
        )
    }

    // MARK: Performing

    /// What is to be done after the lock.
    private enum Action {
        case nothing, wake, watch
        case start(Int)
    }

    private static func add(_ work: Work, to state: inout State) -> Action {
        state.queue.append(work)
        // One of our own threads is about to be free, and takes what is first in the queue. Should it go on instead, the
        // watch sees it.
        if state.queue.count > 1 || !isCurrent, let action = call(&state.crew) { return action }
        guard !state.isWatched else { return .nothing }
        state.isWatched = true
        return .watch
    }

    /// How somebody is got who begins with new work; nil when those who work come to it.
    private static func call(_ crew: inout ThreadCrew) -> Action? {
        switch crew.call() {
        case .resting: .wake
        case .newcomer(let id): .start(id)
        case .nobody: nil
        }
    }

    private func perform(_ action: Action) {
        switch action {
        case .nothing: break
        case .wake: state.signal()
        case .start(let id):
            guard start(id) != 0 else { return }
            // Those who work come to it.
            guard state.withLock({ $0.crew.threads == 0 }) else { return }
            // The job cannot be refused, and without a thread its caller would wait for ever.
            fatalError("the system refused a thread for a call on a closed connection")
        case .watch:
            // Without the watch a slow read holds up what came after it, until the next try.
            if startThread({ $0.watch() }) != 0 { state.withLock { $0.isWatched = false } }
        }
    }

    // MARK: Threads

    private func start(_ id: Int) -> Int32 {
        let code = startThread { $0.work(id) }
        if code != 0 { state.withLock { $0.crew.refuse(id) } }
        return code
    }

    /// Does work until no session is open and nothing is left to do.
    private func work(_ id: Int) {
        let tasks = SQLiteTaskExecutor.shared.asUnownedTaskExecutor()
        var jobs: [UnownedJob] = []
        var session: SQLiteSerialExecutor?
        while true {
            var next = takeWork(id, after: session, &jobs)
            // Not under the lock, which the last one to hold a session takes. And whoever waits must hold none.
            session = nil
            if next == nil {
                // Those who have work for it may be about to run: that is cheaper than to sleep and be woken up.
                sched_yield()
                next = waitForWork(id, &jobs)
            }
            switch next {
            case .task(let job):
                dialect_sqlite_set_current_executor(Unmanaged.passUnretained(self).toOpaque())
                job.runSynchronously(on: tasks)
            case .session(let executor):
                session = executor
                dialect_sqlite_set_current_executor(Unmanaged.passUnretained(executor).toOpaque())
                for job in jobs { job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
                jobs.removeAll(keepingCapacity: true)
            case nil:
                // Others may have rested only because there was work.
                state.signal()
                return
            }
        }
    }

    /// Takes what is first in the queue, with the jobs of a session; nil when there is nothing, or enough others work.
    ///
    /// `session` is the one whose jobs the thread has run.
    private func takeWork(_ id: Int, after session: SQLiteSerialExecutor?, _ jobs: inout [UnownedJob]) -> Work? {
        state.withLock { state in
            if let session {
                session.isInQueue = !session.jobs.isEmpty
                if session.isInQueue { state.queue.append(.session(session)) }
            }
            return state.takeWork(id, &jobs)
        }
    }

    /// Rests until there is work for one more thread; returns nil when the thread is to end.
    private func waitForWork(_ id: Int, _ jobs: inout [UnownedJob]) -> Work? {
        var isResting = false
        return state.wait { state -> Work?? in
            if isResting, state.crew.answer(id) { isResting = false }
            if !isResting {
                if let work = state.takeWork(id, &jobs) { return .some(work) }
                state.crew.rest(id)
                isResting = true
            }
            guard state.crew.sessions == 0, state.queue.isEmpty else { return nil }
            state.crew.leave(id)
            return .some(nil)
        }
    }

    /// Calls others where a thread is with one piece of work for too long, as long as there is work.
    private func watch() {
        var looksAtNothing = 0
        while looksAtNothing < Self.looksAtNothing {
            // Nobody can tell that a thread is not done.
            usleep(Self.patience)
            let action: Action = state.withLock { state in
                state.crew.look()
                looksAtNothing = state.queue.isEmpty ? looksAtNothing + 1 : 0
                if looksAtNothing == Self.looksAtNothing { state.isWatched = false }
                guard !state.queue.isEmpty else { return .nothing }
                return Self.call(&state.crew) ?? .nothing
            }
            perform(action)
        }
    }

    /// Starts a thread, which holds this object until it ends; returns the system's error code.
    private func startThread(_ body: @escaping @Sendable (SQLiteThreads) -> Void) -> Int32 {
        startDetachedThread {
            dialect_sqlite_name_thread("sqlite")
            body(self)
        }
    }
}

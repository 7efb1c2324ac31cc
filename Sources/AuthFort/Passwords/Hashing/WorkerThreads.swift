internal import Locking

/// Threads of our own for work that blocks, at most a fixed number, so that Swift's cooperative threads stay free.
///
/// Jobs start in the order in which they were given. A waiting job whose task is cancelled leaves the queue; a running
/// one finishes. Threads start when they are first needed and end with `shutdown()`, or with the object.
final class WorkerThreads: Sendable {
    /// Why a job was not run.
    enum Failure: Error, Hashable {
        /// The task was cancelled while the job waited.
        case cancelled
        /// The threads were shut down.
        case shutDown
        /// The operating system gives no thread.
        case noThread
    }

    private struct Job: Sendable {
        let run: @Sendable () -> Void
        let refuse: @Sendable (Failure) -> Void
    }

    private struct State: Sendable {
        var queue: WorkQueue<Job>
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    /// The threads hold this, not the object, so that dropping the object ends them.
    private let monitor: Monitor<State>

    /// Makes the pool without starting a thread.
    ///
    /// `count` is at least 1.
    init(count: Int) {
        monitor = Monitor(State(queue: WorkQueue(maximumThreads: max(1, count))))
    }

    deinit { Self.stop(monitor) }

    /// Jobs that wait for a thread.
    var waitingCount: Int { monitor.withLock { $0.queue.waitingCount } }

    /// Threads that exist.
    var threadCount: Int { monitor.withLock { $0.queue.threads } }

    /// Runs blocking work on one of the threads and returns what it returns.
    func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Failure) -> Value {
        let ticket = monitor.withLock { $0.queue.reserveTicket() }
        let outcome: Result<Value, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let job = Job(
                    run: { continuation.resume(returning: .success(work())) },
                    refuse: { continuation.resume(returning: .failure($0)) }
                )
                guard !Task.isCancelled else { return job.refuse(.cancelled) }
                submit(job, ticket)
                // A cancellation between these two lines found nothing to withdraw.
                if Task.isCancelled { cancel(ticket) }
            }
        } onCancel: {
            cancel(ticket)
        }
        return try outcome.get()
    }

    /// Refuses waiting and further jobs, and returns when running ones have finished and all threads have ended.
    func shutdown() async {
        Self.stop(monitor)
        await withCheckedContinuation { continuation in
            let isOver = monitor.withLock { state in
                if state.queue.threads > 0 { state.waitingForEnd.append(continuation) }
                return state.queue.threads == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private func submit(_ job: Job, _ ticket: TicketQueue<Job>.Ticket) {
        switch monitor.withLock({ $0.queue.submit(job, ticket: ticket) }) {
        case .refused: job.refuse(.shutDown)
        case .wakeThread: monitor.signal()
        case .startThread:
            guard !Self.startThread(monitor) else { return }
            for job in monitor.withLock({ $0.queue.threadNotStarted() }) { job.refuse(.noThread) }
        }
    }

    private func cancel(_ ticket: TicketQueue<Job>.Ticket) {
        monitor.withLock { $0.queue.cancel(ticket) }?.refuse(.cancelled)
    }

    private static func stop(_ monitor: Monitor<State>) {
        for job in monitor.withLock({ $0.queue.stop() }) { job.refuse(.shutDown) }
        monitor.broadcast()
    }

    private static func startThread(_ monitor: Monitor<State>) -> Bool { startDetachedThread { work(monitor) } == 0 }

    /// A thread's life: take a job, run it, take the next, until the queue is stopped and empty.
    private static func work(_ monitor: Monitor<State>) {
        while case .run(let job) = monitor.wait(for: { $0.queue.next() }) {
            job.run()
            monitor.withLock { $0.queue.jobFinished() }
        }
        let waiting = monitor.withLock { state in
            state.queue.threadEnded()
            defer { if state.queue.threads == 0 { state.waitingForEnd = [] } }
            return state.queue.threads == 0 ? state.waitingForEnd : []
        }
        for continuation in waiting { continuation.resume() }
    }
}

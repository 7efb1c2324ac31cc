/// What the threads of a `WorkerThreads` do next: the pure part, which starts and blocks nothing itself.
struct WorkQueue<Job> {
    enum Submission: Hashable {
        /// Start a thread; it is counted already.
        case startThread
        /// An existing thread will take the job; wake one in case it sleeps.
        case wakeThread
        /// The queue is stopped and has not kept the job.
        case refused
    }

    enum Step {
        case run(Job)
        case end
    }

    /// The most threads there may be.
    let maximumThreads: Int
    /// Threads that were started and have not ended.
    private(set) var threads = 0
    /// Threads that run a job.
    private(set) var busy = 0
    private(set) var isStopped = false
    private var waiting = TicketQueue<Job>()

    init(maximumThreads: Int) {
        self.maximumThreads = maximumThreads
    }

    /// Jobs that no thread has taken yet.
    var waitingCount: Int { waiting.count }

    mutating func reserveTicket() -> TicketQueue<Job>.Ticket { waiting.reserveTicket() }

    /// Adds a job.
    ///
    /// Threads are started as they are needed, up to the maximum.
    mutating func submit(_ job: Job, ticket: TicketQueue<Job>.Ticket) -> Submission {
        guard !isStopped else { return .refused }
        waiting.append(job, ticket: ticket)
        guard waiting.count > threads - busy, threads < maximumThreads else { return .wakeThread }
        threads += 1
        return .startThread
    }

    /// Takes back a job that no thread has taken.
    mutating func cancel(_ ticket: TicketQueue<Job>.Ticket) -> Job? { waiting.withdraw(ticket) }

    /// What a free thread does.
    ///
    /// Nil: wait and ask again.
    mutating func next() -> Step? {
        if let job = waiting.popFirst() {
            busy += 1
            return .run(job)
        }
        return isStopped ? .end : nil
    }

    /// A thread has run its job.
    mutating func jobFinished() { busy -= 1 }

    /// Refuses further jobs and hands back those that no thread has taken.
    mutating func stop() -> [Job] {
        isStopped = true
        return waiting.removeAll()
    }

    /// A thread has ended.
    mutating func threadEnded() { threads -= 1 }

    /// A thread could not be started.
    ///
    /// Hands back the jobs that no thread is left to take.
    mutating func threadNotStarted() -> [Job] {
        threads -= 1
        return threads == 0 ? waiting.removeAll() : []
    }
}

extension WorkQueue: Sendable where Job: Sendable {}

internal import CDialectReactor
internal import DialectCore
internal import Locking

/// The loop of a reactor: runs what is ready to run, then waits for sockets, timers and other threads.
// Unchecked: `inbox` has a lock, `poller` never changes, and everything else is touched on the loop's thread only, which
// the accessors check.
final class ReactorLoop: @unchecked Sendable {
    /// Something to run on the thread.
    enum Work {
        case actorJob(UnownedJob)
        case taskJob(UnownedJob)
        case action(@Sendable () -> Void)
    }

    private struct Inbox {
        var work: [Work] = []
        /// Whether the thread waits, or is about to, without looking into the inbox again.
        var isWaiting = false
    }

    private let name: String
    /// The executor of the tasks that run here, and perhaps on other loops.
    let tasks: ReactorTaskExecutor
    private let poller: reactor_poller
    private let inbox = Locked(Inbox())

    /// The position among the loops of the executor; set before a task can come.
    var position = 0
    private var ready: [Work] = []
    private var batch: [Work] = []
    var endOfTurn: [@Sendable () -> Void] = []
    /// The watches, each at the index of its descriptor, which the system keeps small.
    private var watches: [Unmanaged<SocketWatch>?] = []
    private var timers = TimerQueue()

    init(name: String, tasks: ReactorTaskExecutor) throws(DatabaseError) {
        self.name = name
        self.tasks = tasks
        var poller = reactor_poller()
        let code = reactor_open(&poller)
        guard code == 0 else { throw .noReactor("a descriptor", code) }
        self.poller = poller
    }

    /// Starts the thread, which keeps the loop and its executors for good.
    func start(serial: ReactorSerialExecutor) throws(DatabaseError) {
        let code = startDetachedThread { self.run(serial: serial) }
        guard code == 0 else { throw .noReactor("a thread", code) }
    }

    /// The loop whose thread the caller runs on, or nil.
    static var current: ReactorLoop? {
        reactor_current().map { Unmanaged<ReactorLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    var isCurrent: Bool { reactor_current() == Unmanaged.passUnretained(self).toOpaque() }

    /// Adds work: without a lock on the loop's own thread, and waking the thread only when it waits.
    func add(_ work: Work) {
        if isCurrent {
            ready.append(work)
            return
        }
        let mustWake = inbox.withLock { inbox in
            inbox.work.append(work)
            defer { inbox.isWaiting = false }
            return inbox.isWaiting
        }
        if mustWake { reactor_wake(poller) }
    }

    private func run(serial: ReactorSerialExecutor) {
        name.withCString(reactor_name_thread)
        reactor_set_current(Unmanaged.passUnretained(self).toOpaque())
        let actors = serial.asUnownedSerialExecutor()
        let preferring = tasks.asUnownedTaskExecutor()
        withUnsafeTemporaryAllocation(of: reactor_event.self, capacity: 64) { events in
            while true {
                runReady(actors, preferring)
                let timeout = mayWait() ? timers.isEmpty ? -1 : timers.millisecondsUntilNext(now: .now) : 0
                let count = reactor_wait(poller, events.baseAddress, Int32(events.count), timeout)
                inbox.withLock { $0.isWaiting = false }
                if count > 0 { tasks.noteEvents(at: position) }
                for index in 0..<max(0, Int(count)) {
                    // The watch may have been closed by an earlier event's.
                    watches[Int(events[index].descriptor)]?.takeUnretainedValue()
                        .becomeReady(Readiness(rawValue: events[index].readiness))
                }
                if !timers.isEmpty { fireTimers() }
            }
        }
    }

    /// Runs what is ready, and what that makes ready, for a bounded number of rounds; then what waited for the end of
    /// the turn.
    private func runReady(_ actors: UnownedSerialExecutor, _ preferring: UnownedTaskExecutor) {
        for _ in 0..<16 {
            inbox.withLock { inbox in
                guard !inbox.work.isEmpty else { return }
                ready.append(contentsOf: inbox.work)
                inbox.work.removeAll(keepingCapacity: true)
            }
            guard !ready.isEmpty else { break }
            swap(&ready, &batch)
            for work in batch {
                switch work {
                case .actorJob(let job): job.runSynchronously(on: actors)
                case .taskJob(let job): job.runSynchronously(on: preferring)
                case .action(let action): action()
                }
            }
            batch.removeAll(keepingCapacity: true)
        }
        guard !endOfTurn.isEmpty else { return }
        let actions = endOfTurn
        endOfTurn.removeAll(keepingCapacity: true)
        for action in actions { action() }
    }

    /// Whether nothing is left to run; from then on another thread that adds work wakes this one.
    private func mayWait() -> Bool {
        guard ready.isEmpty, endOfTurn.isEmpty else { return false }
        return inbox.withLock { inbox in
            inbox.isWaiting = inbox.work.isEmpty
            return inbox.isWaiting
        }
    }

    private func fireTimers() {
        let now = ContinuousClock.now
        while let action = timers.popExpired(now: now) { action() }
    }
}

// What sockets ask for, on the loop's thread.
extension ReactorLoop {
    func insert(_ watch: SocketWatch) {
        precondition(isCurrent, "a watch is made on its reactor's thread")
        // The system gives a number again as soon as it is free, so whoever had it before has closed the descriptor.
        let index = Int(watch.descriptor)
        while watches.count <= index { watches.append(nil) }
        watches[index]?.takeUnretainedValue().loseDescriptor()
        watches[index] = .passUnretained(watch)
    }

    func remove(_ watch: SocketWatch, isWatched: Bool) {
        precondition(isCurrent, "a watch is closed on its reactor's thread")
        let index = Int(watch.descriptor)
        guard watches[index]?.toOpaque() == Unmanaged.passUnretained(watch).toOpaque() else { return }
        watches[index] = nil
        if isWatched { reactor_forget(poller, watch.descriptor) }
    }

    /// Changes what a descriptor is watched for; returns whether the system does it.
    func change(_ descriptor: Int32, from old: Readiness, to new: Readiness) -> Bool {
        reactor_watch(poller, descriptor, old.rawValue, new.rawValue) == 0
    }

    func addTimer(at deadline: ContinuousClock.Instant, _ action: @escaping () -> Void) -> TimerQueue.Token {
        precondition(isCurrent, "timers belong to the reactor's thread")
        return timers.add(at: deadline, action)
    }

    func removeTimer(_ token: TimerQueue.Token) { timers.remove(token) }
}

extension DatabaseError {
    fileprivate static func noReactor(_ what: String, _ code: Int32) -> DatabaseError {
        DatabaseError(
            .connectionFailed,
            "The system refused \(what) for the thread that waits for sockets (error \(code)); raise the process's "
                + "limits.",
            vendorCode: Int(code)
        )
    }
}

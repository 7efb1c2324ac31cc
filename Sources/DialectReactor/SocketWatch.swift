public import DialectCore

// Unchecked: `reactor` and `descriptor` never change; everything else is touched on the reactor's thread only, which
// `ReactorLoop` checks.
/// Waits on a reactor for a socket to become ready.
///
/// One wait at a time. Everything but `interrupt()` belongs to the reactor's thread; call it from an actor that lives
/// there. It does not own the descriptor: close the watch before whoever owns the descriptor closes that. A client library
/// may close it by itself, when a session breaks; the watch then does not touch the next socket of the same number.
///
/// A socket stays registered between waits for the same readiness, so that waiting costs no system call of its own.
/// Readiness that nobody waits for is not lost: the next wait ends at once.
public final class SocketWatch: @unchecked Sendable {
    /// The descriptor.
    public let descriptor: Int32
    private let reactor: Reactor
    private var watched: Readiness = []
    private var isClosed = false
    /// Whether the descriptor was closed, and its number is another's now.
    private var hasLostDescriptor = false
    private var isInterrupted = false
    /// Called on the reactor's thread when the descriptor becomes readable while nobody waits: a peer that speaks unasked,
    /// or is gone.
    ///
    /// It must read what came, and returns whether to go on watching.
    public var onNews: (() -> Bool)?
    private var wanted: Readiness = []
    private var waiter: ((Wakeup?) -> Void)?
    private var timer: TimerQueue.Token?

    /// Prepares to wait for a descriptor.
    ///
    /// Must be called on the reactor's thread, once for each descriptor.
    public init(_ descriptor: Int32, on reactor: Reactor) {
        self.descriptor = descriptor
        self.reactor = reactor
        reactor.loop.insert(self)
    }

    deinit { precondition(isClosed, "a watch was given up without being closed") }

    /// Waits until the descriptor is ready for any of `wanted`, the deadline has passed or somebody interrupts, as closing
    /// the watch does.
    ///
    /// - Throws: `DatabaseError` with code `connectionLost` when the system refuses to watch the descriptor.
    nonisolated(nonsending)
        public func wait(
            for wanted: Readiness,
            until deadline: ContinuousClock.Instant? = nil
        ) async throws(DatabaseError) -> Wakeup
    {
        let wakeup = await withUnsafeContinuation { continuation in
            wait(for: wanted, until: deadline) { continuation.resume(returning: $0) }
        }
        guard let wakeup else { throw .cannotWatch }
        return wakeup
    }

    /// Waits as the asynchronous form does, and calls `action` on the reactor's thread, perhaps at once.
    ///
    /// For code that goes on in the event itself: a task that is resumed waits once more for its turn. `action` gets nil
    /// when the system refuses to watch the descriptor.
    public func wait(
        for wanted: Readiness,
        until deadline: ContinuousClock.Instant? = nil,
        then action: @escaping (Wakeup?) -> Void
    ) {
        // Everything is asked and changed here, together: on its way into the continuation of the asynchronous form a task
        // may be queued again, and whatever was true before that, an event or an interruption may have changed since.
        precondition(reactor.isCurrent && waiter == nil, "a wait belongs to the reactor, one at a time")
        if isInterrupted { return action(takeInterruption()) }
        if isClosed { return action(.interrupted) }
        guard watch(wanted) else { return action(nil) }
        self.wanted = wanted
        waiter = action
        guard let deadline else { return }
        timer = reactor.loop.addTimer(at: deadline) { [self] in
            timer = nil
            end(.timedOut)
        }
    }

    /// Ends the present wait, or else the next one, as interrupted; from any thread.
    public func interrupt() {
        reactor.run { [self] in
            guard !isClosed else { return }
            isInterrupted = true
            if waiter != nil { end(takeInterruption()) }
        }
    }

    /// Forgets an interruption that came too late for the wait it was meant for.
    public func clearInterruption() { isInterrupted = false }

    /// Ends the watch; the descriptor may be closed afterwards.
    ///
    /// A wait under way ends as interrupted. Safe to call twice.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        onNews = nil
        reactor.loop.remove(self, isWatched: !watched.isEmpty)
        if waiter != nil { end(.interrupted) }
    }

    func becomeReady(_ readiness: Readiness) {
        guard waiter != nil, !readiness.isDisjoint(with: wanted) else {
            // Where nobody wants to know now, the system must not go on telling.
            let goesOn = waiter == nil && (readiness.contains(.readable) ? onNews?() ?? false : onNews != nil)
            guard !isClosed else { return }
            _ = watch(goesOn ? .readable : [])
            return
        }
        end(.ready(readiness.intersection(wanted)))
    }

    /// Notes that the descriptor was closed without the watch's knowledge: another watch has its number.
    func loseDescriptor() {
        hasLostDescriptor = true
        watched = []
        onNews = nil
        // The owner's next read fails, and tells why.
        if waiter != nil { end(.ready(wanted)) }
    }

    private func watch(_ wanted: Readiness) -> Bool {
        guard !hasLostDescriptor else { return false }
        guard watched != wanted else { return true }
        guard reactor.loop.change(descriptor, from: watched, to: wanted) else { return false }
        watched = wanted
        return true
    }

    private func takeInterruption() -> Wakeup {
        isInterrupted = false
        return .interrupted
    }

    private func end(_ wakeup: Wakeup) {
        if let timer { reactor.loop.removeTimer(timer) }
        timer = nil
        let action = waiter.take()
        action?(wakeup)
    }
}

extension DatabaseError {
    fileprivate static let cannotWatch = DatabaseError(
        .connectionLost,
        "The system does not watch the connection's socket any more; open another connection."
    )
}

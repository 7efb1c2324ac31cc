internal import DialectCore
internal import Locking

/// The queue of those who want to write to one file from this process.
///
/// SQLite has one writer at a time and tells all others to try again. Within one process they need not: they stand in
/// line, suspended, and each is called when it is its turn.
final class WriterQueue: Sendable {
    /// The right to write, which ends with `release()` or with the slot.
    final class Slot {
        private var queue: WriterQueue?

        fileprivate init(_ queue: WriterQueue) { self.queue = queue }

        /// Lets the next writer in; does nothing the second time.
        func release() {
            queue?.release()
            queue = nil
        }

        deinit { release() }
    }

    private enum Outcome {
        case granted, timedOut, withdrawn
    }

    private struct Wait {
        let continuation: CheckedContinuation<Outcome, Never>
        let end: ContinuousClock.Instant
    }

    private struct State {
        var line = WriterLine()
        var lastTicket: WriterLine.Ticket = 0
        var heldSince = ContinuousClock.Instant.now
        var waits: [WriterLine.Ticket: Wait] = [:]
        /// Ends the waits that take too long: one timer for all, set to the earliest end or before it.
        var timer: (task: Task<Void, Never>, end: ContinuousClock.Instant)?
        /// Tickets that do not stand in line yet, and what was decided about them already.
        var early: [WriterLine.Ticket: Outcome?] = [:]
    }

    private let state = Locked(State())

    deinit { state.withLock { $0.timer?.task.cancel() } }

    /// Whether somebody has the slot.
    var isHeld: Bool { state.withLock { $0.line.holder != nil } }

    /// A request for the slot, made before it is waited for so that it can be withdrawn from elsewhere.
    func ticket() -> WriterLine.Ticket {
        state.withLock { state in
            state.lastTicket += 1
            state.early[state.lastTicket] = .some(nil)
            return state.lastTicket
        }
    }

    /// The slot, if it is free.
    func takeNow() -> Slot? {
        let isGranted = state.withLock { state in
            guard state.line.holder == nil else { return false }
            state.lastTicket += 1
            state.heldSince = .now
            return state.line.request(state.lastTicket)
        }
        return isGranted ? Slot(self) : nil
    }

    /// The slot, when everybody who came earlier has had it.
    ///
    /// `path` is for the message.
    ///
    /// - Throws: `DatabaseError` with code `lockTimeout` after `timeout`, and with `cancelled`.
    func take(
        _ ticket: WriterLine.Ticket,
        timeout: Duration,
        path: String,
        isolation: isolated (any Actor)? = #isolation
    ) async throws(DatabaseError) -> Slot {
        let end = ContinuousClock.now + timeout
        let outcome = await withTaskCancellationHandler {
            // Captured, it keeps the closure on the caller's thread.
            _ = isolation
            return await withCheckedContinuation { self.request(ticket, Wait(continuation: $0, end: end)) }
        } onCancel: {
            self.withdraw(ticket)
        }
        switch outcome {
        case .granted: return Slot(self)
        case .withdrawn: throw DatabaseError(.cancelled, "Waiting for the turn to write was cancelled.")
        case .timedOut: throw timeoutError(timeout, path: path)
        }
    }

    private func request(_ ticket: WriterLine.Ticket, _ wait: Wait) {
        let outcome: Outcome? = state.withLock { state in
            if let outcome = state.early.removeValue(forKey: ticket) ?? nil { return outcome }
            if state.line.request(ticket) {
                state.heldSince = .now
                return .granted
            }
            state.waits[ticket] = wait
            if state.timer.map({ wait.end < $0.end }) ?? true { setTimer(&state, to: wait.end) }
            return nil
        }
        if let outcome { wait.continuation.resume(returning: outcome) }
    }

    private func setTimer(_ state: inout State, to end: ContinuousClock.Instant) {
        state.timer?.task.cancel()
        let task = Task { [weak self] in
            // Not a wait for readiness: this is the time limit.
            guard (try? await Task.sleep(until: end, clock: .continuous)) != nil else { return }
            self?.endWaits()
        }
        state.timer = (task, end)
    }

    /// Ends the waits whose time is over, and sets the timer to the next end.
    private func endWaits() {
        let now = ContinuousClock.now
        let ended = state.withLock { state in
            let late = state.waits.filter { $0.value.end <= now }
            for ticket in late.keys {
                _ = state.line.withdraw(ticket)
                state.waits[ticket] = nil
            }
            state.timer = nil
            if let next = state.waits.values.map(\.end).min() { setTimer(&state, to: next) }
            return late.values.map(\.continuation)
        }
        for continuation in ended { continuation.resume(returning: .timedOut) }
    }

    /// Ends the wait of a ticket, as if its task was cancelled, unless the slot was granted first.
    func withdraw(_ ticket: WriterLine.Ticket) {
        let continuation: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            if state.line.withdraw(ticket) { return state.waits.removeValue(forKey: ticket)?.continuation }
            if state.early[ticket] == .some(nil) { state.early[ticket] = .withdrawn }
            return nil
        }
        continuation?.resume(returning: .withdrawn)
    }

    private func release() {
        let continuation = state.withLock { state in
            let next = state.line.release()
            if next != nil { state.heldSince = .now }
            return next.flatMap { state.waits.removeValue(forKey: $0)?.continuation }
        }
        continuation?.resume(returning: .granted)
    }

    private func timeoutError(_ timeout: Duration, path: String) -> DatabaseError {
        let (held, waiters) = state.withLock { state in
            (state.heldSince.duration(to: .now), state.line.waiterCount)
        }
        return DatabaseError(
            .lockTimeout,
            "Waited \(timeout.inSeconds) for the turn to write to '\(path)'. Another connection of this process has had it "
                + "for \(held.inSeconds), and \(waiters) more wait. Keep writing transactions short, do not write through "
                + "a second connection inside of one, or raise the URL option 'writer_timeout'."
        )
    }
}

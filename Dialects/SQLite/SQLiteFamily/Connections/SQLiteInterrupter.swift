internal import CSQLiteFamily
internal import Locking

/// Ends the statement that runs when its task is cancelled, and never another one.
///
/// Each run has a number. A cancellation knows the number of the run that it is for, and is checked against the present
/// one under the same lock under which the statement is interrupted; so one that comes late does nothing.
///
/// `sqlite3_interrupt` is forgotten by a statement that begins only after it, so the statement asks too, every few
/// thousand instructions: see `SQLiteDatabase`.
final class SQLiteInterrupter: Sendable {
    private struct State {
        var database: OpaquePointer?
        var lastRun: UInt64 = 0
        var run: UInt64 = 0
        var isRunning = false
        var isCancelled = false
        var isClosing = false
    }

    private let state = Locked(State())

    /// Sets the open database; nil before it is closed.
    func attach(_ database: OpaquePointer?) { state.withLock { $0.database = database } }

    /// The number of a run that is to begin.
    func nextRun() -> UInt64 {
        state.withLock { state in
            state.lastRun &+= 1
            return state.lastRun
        }
    }

    /// Notes that a statement begins that may be interrupted.
    func begin(_ run: UInt64) {
        state.withLock { state in
            state.run = run
            state.isRunning = true
            state.isCancelled = false
        }
    }

    /// Notes that the statement stopped.
    func end() { state.withLock { $0.isRunning = false } }

    /// Interrupts the statement of a run, if it is the present one.
    ///
    /// Called from any thread.
    func cancel(_ run: UInt64) {
        state.withLock { state in
            guard state.isRunning, state.run == run else { return }
            state.isCancelled = true
            if let database = state.database { sqlite3_interrupt(database) }
        }
    }

    /// Interrupts whatever runs, because the connection is being closed.
    ///
    /// Called from any thread.
    func close() {
        state.withLock { state in
            state.isClosing = true
            if state.isRunning, let database = state.database { sqlite3_interrupt(database) }
        }
    }

    /// Whether the statement that runs is to stop.
    var wantsStop: Bool {
        state.withLock { $0.isRunning && ($0.isCancelled || $0.isClosing) }
    }

    /// Whether a statement runs that may be interrupted.
    var isInterruptible: Bool { state.withLock { $0.isRunning } }

    /// Whether the connection is being closed.
    var isClosing: Bool { state.withLock { $0.isClosing } }
}

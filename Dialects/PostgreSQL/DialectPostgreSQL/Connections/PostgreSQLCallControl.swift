#if PostgreSQL
internal import DialectCore
internal import DialectReactor
internal import Locking

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What other threads tell the call that runs on a connection: that its task was cancelled, that the connection is to be
/// closed, and that a request to end the statement has arrived.
///
/// Each run has a number, so that what comes late is for nobody else.
final class PostgreSQLCallControl: Sendable {
    struct Signals {
        fileprivate(set) var isCancelled = false
        fileprivate(set) var isClosing = false
        fileprivate(set) var cancelRequestEnded = false
    }

    private struct State {
        var run: UInt64 = 0
        var signals = Signals()
        var watch: SocketWatch?
        var isRunning = false
        var isClean = false
        var isLost = false

        mutating func begin() -> UInt64 {
            run &+= 1
            isRunning = true
            signals.isCancelled = false
            signals.cancelRequestEnded = false
            return run
        }
    }

    private let state = Locked(State())

    var signals: Signals { state.withLock { $0.signals } }

    /// Sets the socket at which the call waits.
    func attach(_ watch: SocketWatch?) { state.withLock { $0.watch = watch } }

    /// Notes that a call begins, and returns its number.
    func begin() -> UInt64 { state.withLock { $0.begin() } }

    /// Notes that a call begins, and returns its number; nil, and no call, when the connection is to be closed.
    func beginUnlessClosing() -> UInt64? {
        state.withLock { $0.signals.isClosing ? nil : $0.begin() }
    }

    /// Notes that the call ended, and whether it left anything behind.
    func end(isClean: Bool) {
        state.withLock { state in
            state.run &+= 1
            state.isRunning = false
            state.isClean = isClean
        }
    }

    /// Whether the last call left nothing behind.
    var isClean: Bool { state.withLock { $0.isClean && !$0.isRunning } }

    /// Whether a call runs.
    var isRunning: Bool { state.withLock { $0.isRunning } }

    /// Whether the session is known to be gone, or has something to say although nobody asked it.
    ///
    /// A server that ends an idle session says so first. Looked for in the socket itself, because the reactor may not
    /// have come round to it yet; `attach(nil)` comes before the descriptor is closed.
    var isLost: Bool {
        state.withLock { state in
            state.isLost || !state.isRunning && state.watch.map { Self.hasInput($0.descriptor) } ?? false
        }
    }

    /// Whether a socket has bytes to read, or the end of them.
    private static func hasInput(_ descriptor: Int32) -> Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
    }

    /// Notes that the session is gone.
    func noteLoss() { state.withLock { $0.isLost = true } }

    /// The task of a call was cancelled; from any thread.
    func cancel(_ run: UInt64) { signal(run) { $0.isCancelled = true } }

    /// The request to end a call's statement has arrived or failed; from any thread.
    func cancelRequestEnded(_ run: UInt64) { signal(run) { $0.cancelRequestEnded = true } }

    /// The connection is to be closed; from any thread.
    func close() {
        let watch = state.withLock { state in
            state.signals.isClosing = true
            return state.watch
        }
        watch?.interrupt()
    }

    private func signal(_ run: UInt64, _ change: (inout Signals) -> Void) {
        let watch: SocketWatch? = state.withLock { state in
            guard state.run == run else { return nil }
            change(&state.signals)
            return state.watch
        }
        watch?.interrupt()
    }
}
#endif

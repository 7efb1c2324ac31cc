#if MySQL
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

/// A piece of blocking work on a short-lived thread of its own, which can be given up.
///
/// Sessions are opened so: libmariadb looks names up with `getaddrinfo` and waits in the middle of the TLS handshake, and
/// neither can be done without blocking. Resolving the name beforehand would not do, since the certificate is checked
/// against the name that libmariadb was given.
final class MySQLErrand<Value: Sendable>: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Result<Value, DatabaseError>, Never>?
        var isGivenUp: DatabaseError?
        /// The socket that the thread waits for, and a descriptor of our own for it, which stays valid when the thread
        /// closes the other.
        var socket: CInt = -1
        var copy: CInt = -1
    }

    private let state = Locked(State())
    private let dispose: @Sendable (Value) -> Void

    /// Makes an errand; `dispose` gets a value that nobody waits for any more.
    init(dispose: @escaping @Sendable (Value) -> Void) { self.dispose = dispose }

    /// Runs `body` on a thread; gives it up when the task is cancelled or the time is over.
    func run(
        within limit: Duration,
        _ body: @escaping @Sendable (MySQLErrand<Value>) -> Result<Value, DatabaseError>
    ) async throws(DatabaseError) -> Value {
        let clock = Task {
            // A limit is a matter of time, and `getaddrinfo` takes none.
            try? await Task.sleep(for: limit)
            if !Task.isCancelled { giveUp(.openingTimedOut(limit)) }
        }
        defer { clock.cancel() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(continuation, body)
            }
        } onCancel: {
            giveUp(.openingCancelled)
        }
        return try result.get()
    }

    /// Tells which socket the thread is about to wait for; false when it need not go on.
    func willWait(for socket: CInt) -> Bool {
        state.withLock { state in
            guard state.isGivenUp == nil else { return false }
            if state.socket != socket {
                if state.copy >= 0 { close(state.copy) }
                state.socket = socket
                state.copy = socket >= 0 ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1
            }
            return true
        }
    }

    /// Ends the wait for the result, and the thread's wait for its socket.
    func giveUp(_ error: DatabaseError) {
        let continuation = state.withLock { state in
            guard state.isGivenUp == nil else {
                return nil as CheckedContinuation<Result<Value, DatabaseError>, Never>?
            }
            state.isGivenUp = error
            if state.copy >= 0 { shutdown(state.copy, Int32(SHUT_RDWR)) }
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume(returning: .failure(error))
    }

    private func start(
        _ continuation: CheckedContinuation<Result<Value, DatabaseError>, Never>,
        _ body: @escaping @Sendable (MySQLErrand<Value>) -> Result<Value, DatabaseError>
    ) {
        let givenUp = state.withLock { state in
            if state.isGivenUp == nil { state.continuation = continuation }
            return state.isGivenUp
        }
        if let givenUp {
            continuation.resume(returning: .failure(givenUp))
            return
        }
        do throws(DatabaseError) {
            try BlockingCall.start { [self] in finish(body(self)) }
        } catch {
            finish(.failure(error))
        }
    }

    private func finish(_ result: Result<Value, DatabaseError>) {
        let continuation = state.withLock { state in
            if state.copy >= 0 { close(state.copy) }
            state.copy = -1
            defer { state.continuation = nil }
            return state.continuation
        }
        if let continuation {
            continuation.resume(returning: result)
        } else if case .success(let value) = result {
            dispose(value)
        }
    }
}

extension DatabaseError {
    fileprivate static let openingCancelled = DatabaseError(.cancelled, "The opening of a session was cancelled.")

    fileprivate static func openingTimedOut(_ limit: Duration) -> DatabaseError {
        DatabaseError(
            .connectionFailed,
            "No session was opened within \(limit.inSeconds); check that the server can be reached, or raise the URL "
                + "option 'connect_timeout'."
        )
    }
}

extension Duration {
    /// The duration for messages, such as `1.5 s`.
    var inSeconds: String { "\((self / .milliseconds(100)).rounded() / 10) s" }
}
#endif

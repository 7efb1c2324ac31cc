import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A proxy on 127.0.0.1 that stands between a client and a server, and fails as networks fail.
///
/// One thread moves the bytes of all connections. A new mode holds for every connection from the moment at which it is
/// set: nothing is forwarded in the old one any more.
///
/// ```swift
/// try await TCPProxy.with(target: server.port) { proxy in
///     let engine = try Engine(url: server.url(database: name, port: proxy.port))
///     proxy.mode = .stall
///     …
/// }
/// ```
package final class TCPProxy: Sendable {
    /// What the proxy does to its connections.
    package enum Mode: Sendable, Equatable {
        /// Forwards everything.
        case pass
        /// Accepts connections and forwards nothing of theirs; they never reach the server.
        ///
        /// Those which are there already stall.
        case drop
        /// Forwards nothing and keeps the sockets open. What waits goes on when another mode is set.
        case stall
        /// Forwards so many bytes of the server's answers a second, on each connection, and the client's at once.
        case trickle(bytesPerSecond: Int)
        /// Resets each connection when so many more bytes of the server's answers have been forwarded; with 0, at once.
        case reset(afterAnswerBytes: Int)
        /// Forwards everything until the client has sent a text; then swallows the next answer and closes the connection.
        ///
        /// The server has seen the message, the client never learns what became of it. TLS hides the text.
        case swallowAnswer(toMessageWith: String)

        /// Resets every connection.
        package static var reset: Mode { .reset(afterAnswerBytes: 0) }
    }

    /// The port at which the proxy listens.
    package let port: Int

    private struct State: Sendable {
        var mode = Mode.pass
        var connections: [TCPProxyConnection] = []
        var acceptedCount = 0
        var isStopping = false
        var whenStopped: CheckedContinuation<Void, Never>?
    }

    private let target: Int
    private let listener: Int32
    /// A socket pair with which a new mode interrupts the wait for bytes.
    private let waker: (sleeping: Int32, waking: Int32)
    private let state = Guarded(State())

    /// What the proxy does now.
    package var mode: Mode {
        get { state.withLock { $0.mode } }
        set {
            state.withLock { state in
                state.mode = newValue
                for index in state.connections.indices { state.connections[index].begin(newValue) }
                state.connections.removeAll { $0.isClosed }
            }
            wake()
        }
    }

    /// How many connections it has accepted since it started.
    package var acceptedCount: Int { state.withLock { $0.acceptedCount } }

    /// How many connections are open.
    package var openCount: Int { state.withLock { $0.connections.count } }

    /// Starts a proxy, gives it to `body`, and ends it with all its connections whatever happens.
    ///
    /// - Parameters:
    ///   - target: The port on 127.0.0.1 to which it forwards.
    ///   - body: What uses the proxy.
    /// - Returns: What `body` returns.
    /// - Throws: `ServerFailure` when there is no socket to be had, and what `body` throws.
    package static func with<Result>(target: Int, _ body: (TCPProxy) async throws -> Result) async throws -> Result {
        let proxy = try TCPProxy(target: target)
        let result: Result
        do {
            result = try await body(proxy)
        } catch {
            await proxy.stop()
            throw error
        }
        await proxy.stop()
        return result
    }

    private init(target: Int) throws {
        self.target = target
        listener = try LoopbackSocket.listen()
        port = LoopbackSocket.port(of: listener)
        waker = try LoopbackSocket.pair()
        Thread.detachNewThread { [self] in run() }
    }

    private func stop() async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.isStopping = true
                state.whenStopped = continuation
            }
            wake()
        }
    }

    private func wake() {
        LoopbackSocket.send("!", to: waker.waking)
    }

    /// The thread's work.
    private func run() {
        while true {
            var waits = [waker.sleeping, listener].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let milliseconds = state.withLock { state in
                waits += state.connections.flatMap { $0.interests(in: state.mode) }
                return state.connections.compactMap { $0.pause(in: state.mode) }.min() ?? -1
            }
            poll(&waits, nfds_t(waits.count), milliseconds)
            if waits[0].revents != 0 { LoopbackSocket.discardInput(of: waker.sleeping) }
            let mayAccept = waits[1].revents != 0
            let stopped: CheckedContinuation<Void, Never>? = state.withLock { state in
                if state.isStopping { return close(&state) }
                for index in state.connections.indices { state.connections[index].move(in: state.mode) }
                state.connections.removeAll { $0.isClosed }
                if mayAccept { accept(into: &state) }
                return nil
            }
            if let stopped { return stopped.resume() }
        }
    }

    private func accept(into state: inout State) {
        guard let client = LoopbackSocket.accept(listener) else { return }
        state.acceptedCount += 1
        // Without a server behind it the connection is refused late, as a proxy does.
        guard let server = state.mode == .drop ? -1 : try? LoopbackSocket.connect(port: target) else {
            return LoopbackSocket.reset(client)
        }
        var connection = TCPProxyConnection(client: client, server: server)
        connection.begin(state.mode)
        if !connection.isClosed { state.connections.append(connection) }
    }

    private func close(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        for index in state.connections.indices { state.connections[index].close() }
        state.connections = []
        for descriptor in [listener, waker.sleeping, waker.waking] { LoopbackSocket.close(descriptor) }
        return state.whenStopped
    }
}

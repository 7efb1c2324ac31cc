import Locking

@testable import AuthFort

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// An HTTP server on a free port of 127.0.0.1 that says what a test tells it to, in raw bytes.
final class LoopbackServer: Sendable {
    enum Reply: Sendable {
        /// Sends this and closes the connection.
        case raw(String)
        /// Sends this and keeps the connection open, silent, until the client closes it.
        case rawThenSilence(String)

        static func ok(_ body: String) -> Reply {
            .raw("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
        }
        static func status(_ status: String) -> Reply {
            .raw("HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
    }

    struct Failure: Error {
        let call: String
        let code: Int32
    }

    private struct State: Sendable {
        var requests: [String] = []
        var isStopping = false
    }

    let port: UInt16
    private let listener: Int32
    private let reply: Reply
    private let state = Monitor(State())
    private let threads = WorkerThreads(count: 16)
    private let acceptor: Task<Void, any Error>

    /// The heads of all requests, in the order they came.
    var requests: [String] { state.withLock { $0.requests } }
    var url: String { "http://127.0.0.1:\(port)" }

    init(_ reply: Reply) throws {
        let listener = socket(AF_INET, Self.stream, 0)
        guard listener >= 0 else { throw Failure(call: "socket", code: errno) }
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw Failure(call: "bind", code: errno) }
        self.listener = listener
        self.reply = reply
        port = UInt16(bigEndian: address.sin_port)
        acceptor = Task { [threads, state, reply] in
            try await threads.run { Self.acceptAll(on: listener, threads: threads, state: state, reply: reply) }
        }
    }

    /// Closes the port and waits for every connection's thread.
    func stop() async throws {
        state.withLock { $0.isStopping = true }
        // A connection wakes `accept`, which then sees that it is over.
        let waker = socket(AF_INET, Self.stream, 0)
        var address = Self.loopback(port: port)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(waker, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try await acceptor.value
        close(waker)
        close(listener)
        await threads.shutdown()
    }

    private static func acceptAll(on listener: Int32, threads: WorkerThreads, state: Monitor<State>, reply: Reply) {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0 || state.withLock({ $0.isStopping }) {
                if connection >= 0 { close(connection) }
                return
            }
            Task { try await threads.run { serve(connection, state: state, reply: reply) } }
        }
    }

    private static func serve(_ connection: Int32, state: Monitor<State>, reply: Reply) {
        defer { close(connection) }
        var head = ""
        while !head.contains("\r\n\r\n") {
            guard let text = receive(connection) else { return }
            head += text
        }
        state.withLock { $0.requests.append(head) }
        switch reply {
        case .raw(let text):
            deliver(text, to: connection)
        case .rawThenSilence(let text):
            deliver(text, to: connection)
            while receive(connection) != nil {}
        }
    }

    private static func receive(_ connection: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(connection, &buffer, buffer.count, 0)
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }

    private static func deliver(_ text: String, to connection: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, noSignal) }
            guard count > 0 else { return }
            rest.removeFirst(count)
        }
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
    private static let stream = SOCK_STREAM
    #endif

    /// A client that closes early must not end the tests with SIGPIPE.
    #if canImport(Darwin)
    private static let noSignal: Int32 = 0
    #else
    private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif
}

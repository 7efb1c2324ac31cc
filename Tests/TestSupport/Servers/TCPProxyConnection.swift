#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The two sockets of a connection through a proxy, and the bytes that are on their way between them.
struct TCPProxyConnection: Sendable {
    private var requests: Direction
    private var answers: Direction
    private(set) var isClosed = false

    /// When the mode was set that holds, and how many bytes of answers were forwarded in it.
    private var began = ContinuousClock.now
    private var answeredCount = 0
    /// The end of what the client sent, in which a text may have begun.
    private var lastRequest: [UInt8] = []
    private var swallowsAnswer = false

    /// Bytes that go one way.
    private struct Direction: Sendable {
        let source: Int32
        let destination: Int32
        var waiting: [UInt8] = []
        /// Whether the source has no more, and whether the destination was told.
        var hasEnded = false
        var hasForwardedEnd = false

        /// Reads what is there.
        mutating func read() {
            guard !hasEnded, waiting.count < 1 << 20 else { return }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = recv(source, &buffer, buffer.count, LoopbackSocket.doesNotWait)
            if count > 0 {
                waiting += buffer.prefix(count)
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                hasEnded = true
            }
        }

        /// Writes what waits, and gives how many bytes went; nil when the destination is gone.
        mutating func write(atMost limit: Int) -> Int? {
            var written = 0
            while written < limit, !waiting.isEmpty {
                let length = min(waiting.count, limit - written)
                let count = send(destination, waiting, length, LoopbackSocket.sendFlags | LoopbackSocket.doesNotWait)
                if count < 0 { return errno == EAGAIN || errno == EINTR ? written : nil }
                waiting.removeFirst(count)
                written += count
            }
            if hasEnded, waiting.isEmpty, !hasForwardedEnd {
                hasForwardedEnd = true
                shutdown(destination, LoopbackSocket.writing)
            }
            return written
        }
    }

    /// The server's socket is -1 when the client never gets to the server.
    init(client: Int32, server: Int32) {
        requests = Direction(source: client, destination: server)
        answers = Direction(source: server, destination: client)
    }

    private var client: Int32 { requests.source }
    private var server: Int32 { answers.source }
    private var reachesServer: Bool { server >= 0 }

    /// Notes that a mode begins.
    mutating func begin(_ mode: TCPProxy.Mode) {
        began = .now
        answeredCount = 0
        lastRequest = []
        swallowsAnswer = false
        if mode == .reset { reset() }
    }

    /// What to wait for at the two sockets.
    func interests(in mode: TCPProxy.Mode) -> [pollfd] {
        guard reachesServer, mode != .stall, mode != .drop else { return [] }
        let mayAnswer = answerLimit(in: mode) > 0
        func interest(_ socket: Int32, reads: Direction, writes: Direction, mayWrite: Bool) -> pollfd {
            var events: Int32 = 0
            if !reads.hasEnded, reads.waiting.isEmpty { events |= Int32(POLLIN) }
            if !writes.waiting.isEmpty, mayWrite { events |= Int32(POLLOUT) }
            // A negative descriptor is not looked at, not even for errors.
            return pollfd(fd: events == 0 ? -1 : socket, events: Int16(events), revents: 0)
        }
        return [
            interest(client, reads: requests, writes: answers, mayWrite: mayAnswer),
            interest(server, reads: answers, writes: requests, mayWrite: true),
        ]
    }

    /// How many milliseconds until a byte of the answer may go, when one waits for its time.
    func pause(in mode: TCPProxy.Mode) -> Int32? {
        guard case .trickle(let rate) = mode, !answers.waiting.isEmpty else { return nil }
        return Int32(max(1, min(1000 / max(rate, 1), 100)))
    }

    /// Forwards what there is.
    mutating func move(in mode: TCPProxy.Mode) {
        guard !isClosed, reachesServer, mode != .stall, mode != .drop else { return }
        let before = requests.waiting.count
        requests.read()
        if case .swallowAnswer(let text) = mode { watch(for: text, in: requests.waiting.dropFirst(before)) }
        guard requests.write(atMost: .max) != nil else { return reset() }
        answers.read()
        if swallowsAnswer, requests.waiting.isEmpty, !answers.waiting.isEmpty || answers.hasEnded { return close() }
        guard let written = answers.write(atMost: answerLimit(in: mode)) else { return reset() }
        answeredCount += written
        if case .reset = mode, answerLimit(in: mode) == 0 { return reset() }
        if requests.hasForwardedEnd, answers.hasForwardedEnd { close() }
    }

    private func answerLimit(in mode: TCPProxy.Mode) -> Int {
        switch mode {
        case .pass, .swallowAnswer: .max
        case .drop, .stall: 0
        case .reset(let limit): limit - answeredCount
        case .trickle(let rate): Int((ContinuousClock.now - began) / .seconds(1) * Double(rate)) - answeredCount
        }
    }

    private mutating func watch(for text: String, in bytes: ArraySlice<UInt8>) {
        lastRequest += bytes
        if lastRequest.contains(Array(text.utf8)) { swallowsAnswer = true }
        lastRequest = lastRequest.suffix(text.utf8.count - 1)
    }

    mutating func close() {
        guard !isClosed else { return }
        isClosed = true
        for socket in [client, server] where socket >= 0 { LoopbackSocket.close(socket) }
    }

    private mutating func reset() {
        guard !isClosed else { return }
        isClosed = true
        for socket in [client, server] where socket >= 0 { LoopbackSocket.reset(socket) }
    }
}

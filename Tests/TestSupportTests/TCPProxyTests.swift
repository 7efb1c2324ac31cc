import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

@Suite struct TCPProxyTests {
    @Test func passForwardsBothWaysAndTheEnd() async throws {
        try await withConnection { _, client, server in
            client.send("question")
            #expect(server.receive(8) == "question")
            server.send("answer")
            #expect(client.receive(6) == "answer")
            server.close()
            #expect(client.receive(1) == "")
        }
    }

    @Test func dropAcceptsAndForwardsNothing() async throws {
        try await TCPProxyTests.withProxy { proxy, listener in
            proxy.mode = .drop
            let client = try Peer(connectedTo: proxy.port)
            client.send("question")
            #expect(await eventually { proxy.acceptedCount == 1 })
            #expect(!client.hasInput && !Peer(socket: listener).hasInput)
        }
    }

    @Test func stallKeepsBytesUntilItIsOver() async throws {
        try await withConnection { proxy, client, server in
            proxy.mode = .stall
            client.send("question")
            server.send("answer")
            #expect(!client.hasInput && !server.hasInput)
            proxy.mode = .pass
            #expect(server.receive(8) == "question")
            #expect(client.receive(6) == "answer")
        }
    }

    @Test func resetBreaksOpenConnectionsAndNewOnes() async throws {
        try await withConnection { proxy, client, server in
            proxy.mode = .reset
            #expect(client.receive(1) == nil)
            #expect(server.receive(1) == nil)
            #expect(proxy.openCount == 0)
            let other = try Peer(connectedTo: proxy.port)
            #expect(other.receive(1) == nil)
        }
    }

    @Test func resetInTheMiddleOfAnAnswerForwardsItsBeginning() async throws {
        try await withConnection { proxy, client, server in
            server.send("before")
            #expect(client.receive(6) == "before")
            proxy.mode = .reset(afterAnswerBytes: 4)
            server.send("answer")
            #expect(client.receive(4) == "answ")
            #expect(client.receive(1) == nil)
        }
    }

    @Test func trickleForwardsAnswersAtItsRateAndQuestionsAtOnce() async throws {
        try await withConnection { proxy, client, server in
            proxy.mode = .trickle(bytesPerSecond: 20)
            let start = ContinuousClock.now
            server.send("answer")
            client.send("question")
            #expect(server.receive(8) == "question")
            #expect(client.receive(6) == "answer")
            #expect(ContinuousClock.now - start >= .milliseconds(250))
        }
    }

    @Test func answerToAMessageIsSwallowed() async throws {
        try await withConnection { proxy, client, server in
            proxy.mode = .swallowAnswer(toMessageWith: "COMMIT")
            client.send("SELECT 1 COM")
            server.send("one")
            #expect(server.receive(12) == "SELECT 1 COM")
            #expect(client.receive(3) == "one")
            client.send("MIT")
            #expect(server.receive(3) == "MIT")
            server.send("done")
            #expect(client.receive(1) == "")
        }
    }

    @Test func nobodyBehindTheProxyResetsTheClient() async throws {
        try await TCPProxy.with(target: LoopbackSocket.freePort()) { proxy in
            let client = try Peer(connectedTo: proxy.port)
            #expect(client.receive(1) == nil)
        }
    }

    private func withConnection(_ body: (TCPProxy, _ client: Peer, _ server: Peer) async throws -> Void) async throws {
        try await Self.withProxy { proxy, listener in
            let client = try Peer(connectedTo: proxy.port)
            try await body(proxy, client, Peer(socket: accept(listener, nil, nil)))
        }
    }

    private static func withProxy(_ body: (TCPProxy, _ listener: Int32) async throws -> Void) async throws {
        let listener = try LoopbackSocket.listen()
        defer { LoopbackSocket.close(listener) }
        try await TCPProxy.with(target: LoopbackSocket.port(of: listener)) { try await body($0, listener) }
    }
}

/// One side of a connection.
private struct Peer {
    let socket: Int32

    init(socket: Int32) { self.socket = socket }

    init(connectedTo port: Int) throws {
        socket = try LoopbackSocket.connect(port: port)
    }

    func send(_ text: String) { LoopbackSocket.send(text, to: socket) }

    func close() { LoopbackSocket.close(socket) }

    /// Whether something arrives, or the end does, within a tenth of a second.
    var hasInput: Bool {
        var wait = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, 100) > 0
    }

    /// Waits for so many bytes: fewer when the end comes before, nil when the connection is reset.
    func receive(_ count: Int) -> String? {
        var text: [UInt8] = []
        while text.count < count {
            var buffer = [UInt8](repeating: 0, count: count - text.count)
            let received = recv(socket, &buffer, buffer.count, 0)
            if received < 0 { return nil }
            if received == 0 { break }
            text += buffer.prefix(received)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

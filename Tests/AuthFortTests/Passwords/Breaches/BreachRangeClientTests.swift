import Testing

@testable import AuthFort

@Suite(.timeLimit(.minutes(1))) struct BreachRangeClientTests {
    private static let body = "1E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n00000000000000000000000000000000000:0\r\n"

    private func withServer<Value>(
        _ reply: LoopbackServer.Reply,
        _ body: (LoopbackServer, BreachRangeClient) async throws -> Value
    ) async throws -> Value {
        let server = try LoopbackServer(reply)
        let client = BreachRangeClient(baseURL: server.url, connections: 4)
        let result: Result<Value, any Error>
        do { result = .success(try await body(server, client)) } catch { result = .failure(error) }
        await client.shutdown()
        try await server.stop()
        return try result.get()
    }

    @Test func theAnswerOfTheServiceIsRead() async throws {
        let range = try await withServer(.ok(Self.body)) { _, client in try await client.range(for: "5BAA6") }
        #expect(range.contains(BreachDigest(of: "password").suffix))
        #expect(!range.contains(BreachDigest(of: "correct horse").suffix))
    }

    @Test func onlyThePrefixIsSentAndPaddingIsAskedFor() async throws {
        let request = try await withServer(.ok(Self.body)) { server, client in
            _ = try await client.range(for: "5BAA6")
            return try #require(server.requests.first).lowercased()
        }
        #expect(request.hasPrefix("get /range/5baa6 http/1.1\r\n"))
        #expect(request.contains("\r\nadd-padding: true\r\n"))
        #expect(request.contains("\r\nuser-agent: authfort\r\n"))
        #expect(!request.contains("1e4c9b93"))
    }

    @Test(arguments: [
        LoopbackServer.Reply.status("500 Internal Server Error"), .status("429 Too Many Requests"),
        .status("204 No Content"),
        .raw("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"),
        .ok("<html>Sign in to the hotel network</html>"), .ok(""), .raw("no HTTP at all\r\n\r\n"), .raw(""),
        .raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n\(body)"),
        .ok(String(repeating: "0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n", count: 30_000)),
    ])
    func anythingElseIsNoAnswer(_ reply: LoopbackServer.Reply) async throws {
        try await withServer(reply) { _, client in
            _ = await #expect(throws: (any Error).self) { try await client.range(for: "5BAA6") }
        }
    }

    @Test func aClosedPortIsNoAnswerAtOnce() async throws {
        let server = try LoopbackServer(.ok(Self.body))
        try await server.stop()
        let client = BreachRangeClient(baseURL: server.url, connections: 1)
        await #expect(throws: (any Error).self) { try await client.range(for: "5BAA6") }
        await client.shutdown()
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n"])
    func aServiceThatFallsSilentIsUnreachableWhenTheTimeIsOver(_ beginning: String) async throws {
        let clock = ManualClock()
        let outcome = try await withServer(.rawThenSilence(beginning)) { server, client in
            let pwned = PwnedPasswords(.init(), source: client, clock: clock)
            async let outcome = pwned.check("password")
            try await until { !server.requests.isEmpty && clock.sleeperCount == 1 }
            clock.advance(by: .seconds(2))
            return await outcome
        }
        #expect(outcome == .unreachable)
    }

    @Test func theWholeCheckWorksOverHTTP() async throws {
        let server = try LoopbackServer(.ok(Self.body))
        var lookup = AuthFortConfiguration.BreachLookup()
        lookup.baseURL = server.url
        lookup.timeout = .seconds(30)
        let pwned = PwnedPasswords(lookup)
        #expect(await pwned.check("password") == .breached)
        #expect(await pwned.check("password") == .breached)
        #expect(server.requests.count == 1)
        await pwned.shutdown()
        #expect(await pwned.check("correct horse") == .unreachable)
        try await server.stop()
    }

    @Test func shutdownEndsARequestUnderWay() async throws {
        try await withServer(.rawThenSilence("")) { server, client in
            let range = Task { try await client.range(for: "5BAA6") }
            try await until { !server.requests.isEmpty }
            await client.shutdown()
            await #expect(throws: (any Error).self) { try await range.value }
            await #expect(throws: BreachRangeClient.NoAnswer.self) { try await client.range(for: "5BAA6") }
        }
    }

    /// HTTPClient stops a debug build when it is dropped open; reaching the end of the test shows that it was not.
    @Test func aForgottenClientIsClosed() async throws {
        let server = try LoopbackServer(.ok(Self.body))
        do {
            let client = BreachRangeClient(baseURL: server.url, connections: 1)
            _ = try await client.range(for: "5BAA6")
        }
        try await server.stop()
    }
}

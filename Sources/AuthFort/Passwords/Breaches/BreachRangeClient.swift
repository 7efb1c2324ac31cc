internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Gives the breached passwords with one prefix.
protocol BreachRangeSource: Sendable {
    /// Throws when the service does not answer or answers something else.
    ///
    /// Ends soon after its task is cancelled.
    func range(for prefix: String) async throws -> BreachRange
    /// Ends requests under way and refuses further ones.
    func shutdown() async
}

/// The range service over HTTP: https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange
actor BreachRangeClient: BreachRangeSource {
    /// The service gave no usable answer.
    struct NoAnswer: Error {}

    /// Answers have some 40 KB; anything far larger is not one.
    private static let maximumBodyBytes = 1 << 20

    private let baseURL: String
    private let connections: Int
    private var client: HTTPClient?
    private var isShutDown = false

    /// Makes a client; it opens nothing before the first request.
    init(baseURL: String, connections: Int) {
        self.baseURL = baseURL
        self.connections = connections
    }

    deinit {
        // HTTPClient stops a debug build when it is dropped while open. Waiting is not possible here.
        client?.shutdown { _ in }
    }

    func range(for prefix: String) async throws -> BreachRange {
        let client = try openClient()
        var request = HTTPClientRequest(url: "\(baseURL)/range/\(prefix)")
        request.headers = ["Add-Padding": "true", "User-Agent": "authfort"]
        // The caller's deadline cancels the task, and that ends the request.
        let response = try await client.execute(request, deadline: .distantFuture)
        guard response.status == .ok else { throw NoAnswer() }
        let body = try await response.body.collect(upTo: Self.maximumBodyBytes)
        guard let range = BreachRange(body.readableBytesView) else { throw NoAnswer() }
        return range
    }

    func shutdown() async {
        isShutDown = true
        guard let open = client else { return }
        client = nil
        // It fails only when it was shut down before, which `client = nil` rules out.
        try? await open.shutdown()
    }

    private func openClient() throws -> HTTPClient {
        guard !isShutDown else { throw NoAnswer() }
        if let client { return client }
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        // A refused connection is an answer: the check does not wait for the service to come back.
        configuration.connectionPool.retryConnectionEstablishment = false
        let opened = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        client = opened
        return opened
    }
}

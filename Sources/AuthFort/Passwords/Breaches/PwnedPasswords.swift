import Locking

/// Asks the Pwned Passwords collection whether a password is known from a breach, without telling it the password.
///
/// It is a network call of up to the configured timeout: make it before a transaction is opened. What an unreachable
/// service means is the caller's decision (`ExternalCheck`).
final class PwnedPasswords: Sendable {
    enum Outcome: Hashable, Sendable {
        /// The password is in the collection.
        case breached
        /// The password is not in the collection.
        case notFound
        /// No usable answer in time, or the task was cancelled.
        case unreachable
    }

    private let source: any BreachRangeSource
    private let timeout: Duration
    private let permits: Permits
    private let cache: Monitor<BreachRangeCache>
    private let time: MonotonicTime

    /// Makes the check with its own HTTP client.
    ///
    /// The options are valid ones.
    convenience init(_ lookup: AuthFortConfiguration.BreachLookup) {
        let client = BreachRangeClient(baseURL: lookup.baseURL, connections: lookup.maximumConcurrency)
        self.init(lookup, source: client, clock: ContinuousClock())
    }

    /// Makes the check on another source and clock.
    init(
        _ lookup: AuthFortConfiguration.BreachLookup,
        source: any BreachRangeSource,
        clock: some Clock<Duration>
    ) {
        self.source = source
        timeout = lookup.timeout
        permits = Permits(lookup.maximumConcurrency)
        cache = Monitor(BreachRangeCache(lifetime: lookup.cacheLifetime))
        time = MonotonicTime(clock)
    }

    /// Lookups that wait for their turn.
    var waitingCount: Int { permits.waitingCount }

    /// Looks a password up.
    ///
    /// It returns within the timeout, the wait for its turn included.
    func check(_ password: String) async -> Outcome {
        let digest = BreachDigest(of: password)
        var range = cache.withLock { $0.range(for: digest.prefix, now: time.now()) }
        if range == nil {
            range = try? await fetch(digest.prefix)
            if let range { cache.withLock { $0.insert(range, for: digest.prefix, now: time.now()) } }
        }
        guard let range else { return .unreachable }
        return range.contains(digest.suffix) ? .breached : .notFound
    }

    /// Ends lookups under way as unreachable, and all further ones.
    ///
    /// Returns when every connection is closed.
    func shutdown() async {
        await source.shutdown()
    }

    /// Nil when the time was over first.
    private func fetch(_ prefix: String) async throws -> BreachRange? {
        try await withThrowingTaskGroup(of: BreachRange?.self) { [permits, source, time, timeout] group in
            group.addTask { try await permits.withPermit { try await source.range(for: prefix) } }
            group.addTask {
                try await time.sleep(timeout)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

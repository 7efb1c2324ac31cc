/// The last answers of the range service, each for a limited time.
struct BreachRangeCache: Sendable {
    private struct Entry: Sendable {
        let range: BreachRange
        let expiry: Duration
    }

    private let capacity: Int
    private let lifetime: Duration
    private var entries: [String: Entry] = [:]

    /// Makes an empty cache.
    ///
    /// A lifetime of zero keeps nothing.
    init(capacity: Int = 512, lifetime: Duration) {
        self.capacity = capacity
        self.lifetime = lifetime
    }

    /// The number of entries, expired ones included.
    var count: Int { entries.count }

    /// The range of a prefix, while it is fresh.
    ///
    /// Times are readings of one monotonic clock.
    func range(for prefix: String, now: Duration) -> BreachRange? {
        guard let entry = entries[prefix], now < entry.expiry else { return nil }
        return entry.range
    }

    /// Keeps a range; when the cache is full, the one that expires next makes room.
    mutating func insert(_ range: BreachRange, for prefix: String, now: Duration) {
        guard lifetime > .zero else { return }
        if entries[prefix] == nil, entries.count >= capacity,
            let oldest = entries.min(by: { $0.value.expiry < $1.value.expiry })
        {
            entries.removeValue(forKey: oldest.key)
        }
        entries[prefix] = Entry(range: range, expiry: now + lifetime)
    }
}

/// How long to wait for a lock that another process holds before asking again.
///
/// The waits grow from one millisecond to 25, and each is cut by a random part, so that waiting processes do not ask in
/// step.
struct BusyWait {
    private let timeout: Duration
    private let start: ContinuousClock.Instant
    private var next = 0.001

    private static let longest = 0.025

    init(timeout: Duration, start: ContinuousClock.Instant = .now) {
        self.timeout = timeout
        self.start = start
    }

    /// The next wait, or nil when the time is over.
    ///
    /// `fraction`, from 0 to 1, is what chance decides.
    mutating func nextDelay(
        at now: ContinuousClock.Instant = .now,
        fraction: Double = .random(in: 0...1)
    ) -> Duration? {
        let left = timeout - start.duration(to: now)
        guard left > .zero else { return nil }
        let delay = Duration.seconds(next * (0.5 + 0.5 * fraction))
        next = min(next * 1.5, Self.longest)
        return min(delay, left)
    }
}

extension Duration {
    /// The duration for messages, such as `1.5 s`.
    var inSeconds: String {
        let tenths = (self / .milliseconds(100)).rounded()
        return "\(tenths / 10) s"
    }
}

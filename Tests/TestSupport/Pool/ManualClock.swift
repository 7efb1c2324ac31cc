/// A clock that stands still until a test advances it.
public final class ManualClock: Clock, Sendable {
    /// A moment, counted from the clock's making.
    public struct Instant: InstantProtocol {
        var offset: Duration

        /// The moment at that time after the clock's making.
        public init(offset: Duration) { self.offset = offset }

        /// The moment that much later.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        /// How much later the other moment is.
        public func duration(to other: Instant) -> Duration { other.offset - offset }

        /// Whether a moment is before another.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper: Sendable {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State: Sendable {
        var now = Instant(offset: .zero)
        var lastSleeper = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
    }

    private let state = Guarded(State())

    /// Makes a clock that shows zero.
    public init() {}

    /// The moment at which the clock stands.
    public var now: Instant { state.withLock { $0.now } }

    /// How far the clock has been advanced.
    public var elapsed: Duration { now.offset }

    /// The clock is exact.
    public var minimumResolution: Duration { .zero }

    /// The deadlines of those who sleep, the earliest first, as durations since the clock's making.
    public var deadlines: [Duration] {
        state.withLock { $0.sleepers.values.map(\.deadline.offset) }.sorted()
    }

    /// Returns when a test has advanced the clock that far.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let sleeper = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(sleeper) != nil { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.sleepers[sleeper] = Sleeper(deadline: deadline, continuation: continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let woken = state.withLock { state in
                let woken = state.sleepers.removeValue(forKey: sleeper)
                if woken == nil { state.cancelled.insert(sleeper) }
                return woken
            }
            woken?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Lets time pass, and wakes those whose deadline has come.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for sleeper in due.keys { state.sleepers[sleeper] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}

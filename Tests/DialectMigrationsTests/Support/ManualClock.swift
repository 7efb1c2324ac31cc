import Synchronization

/// A clock that stands still until somebody sleeps, and then is at once where they wanted to be.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let milliseconds = Atomic<Int>(0)

    var now: Instant { Instant(offset: .milliseconds(milliseconds.load(ordering: .relaxed))) }
    var minimumResolution: Duration { .milliseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        advance(by: now.duration(to: deadline))
    }

    func advance(by duration: Duration) {
        milliseconds.add(Int(duration / .milliseconds(1)), ordering: .relaxed)
    }
}

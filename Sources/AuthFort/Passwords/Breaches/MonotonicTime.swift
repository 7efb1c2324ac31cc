/// A clock without its type: the time since an arbitrary start, and a way to wait.
struct MonotonicTime: Sendable {
    /// The time since this value was made.
    let now: @Sendable () -> Duration
    /// Waits that long; throws `CancellationError` when the task is cancelled meanwhile.
    let sleep: @Sendable (Duration) async throws -> Void

    init<C: Clock>(_ clock: C) where C.Duration == Duration {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }
}

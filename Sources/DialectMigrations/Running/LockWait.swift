internal import DialectCore

/// The time that a migrator waits for locks, all its attempts together.
struct LockWait: Sendable {
    private let clock: any Clock<Duration>
    private let timeout: Duration
    private let watch: Stopwatch

    init(clock: any Clock<Duration>, timeout: Duration) {
        self.clock = clock
        self.timeout = timeout
        watch = Stopwatch(clock)
    }

    /// Whether there is time for another attempt.
    var hasTimeLeft: Bool { watch.elapsed < timeout }

    /// Runs `body` again while it fails with `lockTimeout` and time is left; `holder` says then who has the lock.
    func retrying<Result: Sendable>(
        holder: () async -> String? = { nil },
        _ body: () async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        while true {
            do {
                return try await body()
            } catch {
                guard error.code == .lockTimeout else { throw error }
                guard hasTimeLeft else { throw timedOut(error, await holder()) }
                try await pause()
            }
        }
    }

    /// Lets a moment pass before the next attempt.
    ///
    /// A database that refuses at once instead of waiting would otherwise be asked without a pause.
    func pause() async throws(DatabaseError) {
        let pause = max(.zero, min(timeout - watch.elapsed, .milliseconds(50)))
        do { try await clock.sleep(for: pause) } catch { throw .migrationCancelled }
    }

    private func timedOut(_ cause: DatabaseError, _ holder: String?) -> DatabaseError {
        DatabaseError(
            .lockTimeout,
            "Another migrator or writer kept the database locked for the whole lock timeout of \(timeout). "
                + (holder.map { "\($0) " } ?? "")
                + "Nothing was changed meanwhile. Wait until it has ended, or end it, and try again; or set a longer lock "
                + "timeout.",
            underlying: cause
        )
    }
}

extension DatabaseError {
    /// The task was cancelled while the migrator itself, not the connection, was at work.
    static var migrationCancelled: DatabaseError {
        DatabaseError(.cancelled, "The task of the migrator was cancelled.")
    }
}

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

    /// Runs `body` again while it fails with `lockTimeout` and time is left.
    func retrying<Result: Sendable>(
        _ body: () async throws(DatabaseError) -> Result
    ) async throws(DatabaseError) -> Result {
        while true {
            do {
                return try await body()
            } catch {
                guard error.code == .lockTimeout else { throw error }
                let left = timeout - watch.elapsed
                guard left > .zero else { throw timedOut(error) }
                // A database that refuses at once instead of waiting would otherwise be asked without a pause.
                do { try await clock.sleep(for: min(left, .milliseconds(50))) } catch { throw .migrationCancelled }
            }
        }
    }

    private func timedOut(_ cause: DatabaseError) -> DatabaseError {
        DatabaseError(
            .lockTimeout,
            "Another migrator or writer kept the database locked for the whole lock timeout of \(timeout). Nothing was "
                + "changed. Try again when it has ended, or set a longer lock timeout.",
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

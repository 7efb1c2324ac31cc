/// One thing that is measured.
struct Benchmark: Sendable {
    /// What the table calls it.
    let name: String
    /// The name of the benchmark that does the same work without this package; nil where there is none.
    var peer: String?
    /// Does the work for about that long and counts.
    let run: @Sendable (Duration) async throws -> Tally
}

/// How many operations were done in how much time.
struct Tally: Sendable {
    var operations: Int
    var elapsed: Duration

    var operationsPerSecond: Double { Double(operations) / (elapsed / .seconds(1)) }
}

extension Tally {
    /// Repeats an operation in several tasks at once, for about `duration`.
    ///
    /// - Parameters:
    ///   - tasks: How many tasks there are.
    ///   - duration: How long they start new operations. The time until the last one ends counts as well.
    ///   - batch: How many operations a task does between two looks at the clock.
    ///   - operation: What is repeated.
    /// - Returns: How many operations all tasks did together.
    /// - Throws: What the first failing operation threw.
    static func counting(
        tasks: Int,
        for duration: Duration,
        batch: Int,
        _ operation: @escaping @Sendable () async throws -> Void
    ) async throws -> Tally {
        let clock = ContinuousClock()
        let start = clock.now
        let deadline = start + duration
        let operations = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<tasks {
                group.addTask {
                    var done = 0
                    while clock.now < deadline {
                        for _ in 0..<batch { try await operation() }
                        done += batch
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        return Tally(operations: operations, elapsed: clock.now - start)
    }
}

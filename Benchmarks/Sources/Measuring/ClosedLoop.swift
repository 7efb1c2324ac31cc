/// A load of tasks that each begin their next operation as soon as they have the last one.
public struct ClosedLoop: Sendable {
    /// One operation of a task: takes the keys of the task, and returns for how many operations it counts.
    public typealias Operation = @Sendable (inout Keys) async throws -> Int

    /// How many tasks there are.
    public var tasks: Int
    /// The executor that the tasks prefer, or nil.
    public var executor: (any TaskExecutor)?
    /// Runs before each operation, and its time does not count; only a load of one task may have it.
    public var preparation: (@Sendable () async throws -> Void)?
    /// How often each task calls the operation, whatever time that takes; nil where the time decides.
    public var callsOfTask: Int?

    /// Describes a load.
    public init(
        tasks: Int,
        executor: (any TaskExecutor)? = nil,
        preparation: (@Sendable () async throws -> Void)? = nil
    ) {
        precondition(preparation == nil || tasks == 1, "the time of a preparation is known for one task only")
        self.tasks = tasks
        self.executor = executor
        self.preparation = preparation
    }

    /// Lets the tasks work for about `duration`, after a tenth of it that is not counted.
    ///
    /// - Throws: What the first failing operation threw.
    public func run(
        _ name: String,
        for duration: Duration,
        _ operation: @escaping Operation
    ) async throws -> Measurement {
        // Opens connections and prepares statements; where calls are counted these are among them.
        if callsOfTask == nil {
            _ = try await repeating(for: duration / 10, progress: nil, operation)
        }
        return try await repeating(for: duration, progress: Progress(name: name, duration: duration), operation)
    }

    private func repeating(
        for duration: Duration,
        progress: Progress?,
        _ operation: @escaping Operation
    ) async throws -> Measurement {
        let recorder = LatencyRecorder()
        let cpuBefore = ProcessUsage.cpuSeconds
        let start = monotonicNanoseconds()
        let shares = try await withThrowingTaskGroup(of: TaskShare?.self) { group in
            if let progress {
                group.addTask {
                    await progress.show { recorder.count }
                    return nil
                }
            }
            for task in 0..<tasks {
                group.addTask(executorPreference: executor) {
                    try await TaskLoop(loop: self, task: task, recorder: recorder)
                        .run(until: start + duration.nanoseconds, operation)
                }
            }
            var shares: [TaskShare] = []
            while shares.count < tasks, let share = try await group.next() {
                if let share { shares.append(share) }
            }
            group.cancelAll()
            return shares
        }
        let prepared = shares.reduce(0) { $0 + $1.preparation }
        return Measurement(
            operations: shares.reduce(0) { $0 + $1.operations },
            seconds: Double(monotonicNanoseconds() - start - prepared) / 1e9,
            cpuSeconds: ProcessUsage.cpuSeconds - cpuBefore,
            operationsOfTasks: shares.map(\.operations),
            latencies: recorder.latencies
        )
    }
}

/// What one task did.
private struct TaskShare: Sendable {
    var operations = 0
    /// The nanoseconds that its preparations took.
    var preparation: UInt64 = 0
}

/// The loop of one task.
private struct TaskLoop: Sendable {
    let loop: ClosedLoop
    let task: Int
    let recorder: LatencyRecorder

    func run(until end: UInt64, _ operation: ClosedLoop.Operation) async throws -> TaskShare {
        var keys = Keys(task: task)
        var share = TaskShare()
        // Many tasks keep little each: the lock is then taken often, but by one task of many.
        let most = max(1, min(128, 8192 / loop.tasks))
        var latencies: [UInt64] = []
        latencies.reserveCapacity(most)
        var began = monotonicNanoseconds()
        var calls = 0
        repeat {
            calls += 1
            if let preparation = loop.preparation {
                try await preparation()
                let now = monotonicNanoseconds()
                share.preparation += now - began
                began = now
            }
            share.operations += try await operation(&keys)
            let ended = monotonicNanoseconds()
            latencies.append(ended - began)
            if latencies.count == most { recorder.take(&latencies) }
            began = ended
        } while loop.callsOfTask.map { calls < $0 } ?? (began < end + share.preparation)
        recorder.take(&latencies)
        return share
    }
}

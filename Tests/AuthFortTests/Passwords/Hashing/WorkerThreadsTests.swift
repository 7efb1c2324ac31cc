import Locking
import Testing

@testable import AuthFort

@Suite(.timeLimit(.minutes(1))) struct WorkerThreadsTests {
    /// Blocks the threads that enter until it is opened, and counts them.
    private final class Gate: Sendable {
        private struct State: Sendable {
            var isOpen = false
            var inside = 0
            var mostInside = 0
            var entered: [Int] = []
        }

        private let monitor = Monitor(State())

        var inside: Int { monitor.withLock { $0.inside } }
        var mostInside: Int { monitor.withLock { $0.mostInside } }
        var entered: [Int] { monitor.withLock { $0.entered } }

        func enter(_ number: Int = 0) {
            monitor.withLock { state in
                state.inside += 1
                state.mostInside = max(state.mostInside, state.inside)
                state.entered.append(number)
            }
            monitor.wait { $0.isOpen ? () : nil }
            monitor.withLock { $0.inside -= 1 }
        }

        func open() {
            monitor.withLock { $0.isOpen = true }
            monitor.broadcast()
        }
    }

    /// All jobs block at once, more of them than there are cooperative threads on a machine that tests this, and the
    /// task that frees them still runs.
    ///
    /// Were the jobs on the cooperative threads, it could not.
    @Test func blockedJobsLeaveTheCooperativeThreadsFree() async throws {
        let threads = WorkerThreads(count: 64)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { gate.open() }
            for _ in 0..<64 { group.addTask { try await threads.run { gate.enter() } } }
            try await until { gate.inside == 64 }
            gate.open()
            try await group.waitForAll()
        }
        #expect(gate.mostInside == 64)
        await threads.shutdown()
    }

    @Test(arguments: [1, 3])
    func neverMoreJobsRunThanThereAreThreads(_ count: Int) async throws {
        let threads = WorkerThreads(count: count)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { gate.open() }
            for _ in 0..<20 { group.addTask { try await threads.run { gate.enter() } } }
            try await until { gate.inside == count && threads.waitingCount == 20 - count }
            #expect(threads.threadCount == count)
            gate.open()
            try await group.waitForAll()
        }
        #expect(gate.mostInside == count)
        await threads.shutdown()
    }

    @Test func jobsStartInTheOrderTheyWereGiven() async throws {
        let threads = WorkerThreads(count: 1)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { gate.open() }
            group.addTask { try await threads.run { gate.enter(0) } }
            try await until { gate.inside == 1 }
            for number in 1...10 {
                group.addTask { try await threads.run { gate.enter(number) } }
                try await until { threads.waitingCount == number }
            }
            gate.open()
            try await group.waitForAll()
        }
        #expect(gate.entered == Array(0...10))
        await threads.shutdown()
    }

    @Test func aCancelledTaskLeavesTheQueueAndItsJobNeverRuns() async throws {
        let threads = WorkerThreads(count: 1)
        let gate = Gate()
        defer { gate.open() }
        let first = Task { try await threads.run { gate.enter(1) } }
        try await until { gate.inside == 1 }
        let second = Task { try await threads.run { gate.enter(2) } }
        try await until { threads.waitingCount == 1 }
        second.cancel()
        // The answer comes while the only thread is still blocked.
        await #expect(throws: WorkerThreads.Failure.cancelled) { try await second.value }
        #expect(threads.waitingCount == 0)
        gate.open()
        try await first.value
        await threads.shutdown()
        #expect(gate.entered == [1])
    }

    @Test func aTaskThatIsCancelledAlreadyRunsNothing() async {
        let threads = WorkerThreads(count: 1)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await threads.run {}
        }
        await #expect(throws: WorkerThreads.Failure.cancelled) { try await task.value }
        #expect(threads.threadCount == 0)
        await threads.shutdown()
    }

    @Test func aRunningJobFinishesAlthoughItsTaskIsCancelled() async throws {
        let threads = WorkerThreads(count: 1)
        let gate = Gate()
        defer { gate.open() }
        let task = Task {
            try await threads.run {
                gate.enter()
                return "done"
            }
        }
        try await until { gate.inside == 1 }
        task.cancel()
        gate.open()
        #expect(try await task.value == "done")
        await threads.shutdown()
    }

    @Test func shutdownRefusesWaitingJobsAndWaitsForRunningOnes() async throws {
        let threads = WorkerThreads(count: 1)
        let gate = Gate()
        defer { gate.open() }
        let running = Task {
            try await threads.run {
                gate.enter()
                return "done"
            }
        }
        try await until { gate.inside == 1 }
        let waiting = Task { try await threads.run { "never" } }
        try await until { threads.waitingCount == 1 }
        let shutdown = Task {
            await threads.shutdown()
            #expect(gate.inside == 0)
        }
        await #expect(throws: WorkerThreads.Failure.shutDown) { try await waiting.value }
        #expect(threads.threadCount == 1)
        gate.open()
        await shutdown.value
        #expect(try await running.value == "done")
        #expect(threads.threadCount == 0)
        await #expect(throws: WorkerThreads.Failure.shutDown) { try await threads.run { "never" } }
    }

    @Test func shutdownOfUnusedThreadsReturnsAtOnce() async {
        let threads = WorkerThreads(count: 4)
        await threads.shutdown()
        await threads.shutdown()
        #expect(threads.threadCount == 0)
    }

    @Test func cancellationAndWorkRaceWithoutLosingAnAnswer() async throws {
        let threads = WorkerThreads(count: 2)
        let answers = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    let task = Task { try await threads.run { number } }
                    if number.isMultiple(of: 2) { task.cancel() }
                    switch await task.result {
                    case .success(let value): return value == number
                    case .failure(let error): return error as? WorkerThreads.Failure == .cancelled
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answers == 2000)
        #expect(threads.waitingCount == 0)
        await threads.shutdown()
    }
}

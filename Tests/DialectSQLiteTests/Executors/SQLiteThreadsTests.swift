#if SQLite
import Dispatch
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteThreadsTests {
    @Test func theThreadsEndWithTheLastSession() async throws {
        let threads = SQLiteThreads(workingLimit: 2)
        var sessions = try (0..<20).map { _ in Session(try SQLiteSerialExecutor(threads: threads)) }
        await withTaskGroup(of: Void.self) { group in
            for session in sessions { group.addTask { await session.run {} } }
        }
        #expect(threads.count > 0)
        sessions = []
        try await eventually { threads.count == 0 }
    }

    @Test func aJobThatComesAfterTheThreadsEndedIsRun() async throws {
        let threads = SQLiteThreads(workingLimit: 2)
        for _ in 0..<100 {
            let session = Session(try SQLiteSerialExecutor(threads: threads))
            await session.run {}
        }
        try await eventually { threads.count == 0 }
    }

    @Test func sessionsThatBlockHoldUpNoOther() async throws {
        let threads = SQLiteThreads(workingLimit: 1)
        let blocked = try (0..<8).map { _ in Session(try SQLiteSerialExecutor(threads: threads)) }
        let other = Session(try SQLiteSerialExecutor(threads: threads))
        let gate = DispatchSemaphore(value: 0)
        await withTaskGroup(of: Void.self) { group in
            for session in blocked { group.addTask { await session.run { gate.wait() } } }
            // Comes back although each thread that there was is blocked.
            for _ in 0..<100 { await other.run {} }
            for _ in blocked { gate.signal() }
        }
        #expect(threads.count <= blocked.count + 2)
    }

    @Test func jobsOfOneSessionRunOneAfterTheOther() async throws {
        let threads = SQLiteThreads(workingLimit: 4)
        let counters = try (0..<3).map { _ in Session(try SQLiteSerialExecutor(threads: threads)) }
        await withTaskGroup(of: Void.self) { group in
            for counter in counters {
                for _ in 0..<500 { group.addTask { await counter.increment() } }
            }
        }
        for counter in counters { #expect(await counter.value == 500) }
    }

    @Test func aSessionKnowsItsOwnJobsFromThoseOfOthers() async throws {
        let session = Session(try SQLiteSerialExecutor())
        let other = Session(try SQLiteSerialExecutor())
        #expect(await session.isCurrent(session.executor))
        #expect(await !session.isCurrent(other.executor))
        #expect(!session.executor.isCurrent)
    }
}

private actor Session {
    nonisolated let executor: SQLiteSerialExecutor
    private(set) var value = 0

    init(_ executor: SQLiteSerialExecutor) { self.executor = executor }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func run(_ body: @Sendable () -> Void) { body() }

    func increment() {
        let before = value
        // Time for another thread to be in between, if one could.
        for _ in 0..<100 { _ = executor.isCurrent }
        value = before + 1
    }

    func isCurrent(_ executor: SQLiteSerialExecutor) -> Bool { executor.isCurrent }
}
#endif

import CPeers
import DialectCore
import DialectEngine
import Measuring

/// What a task weighs that waits for a connection, the task itself included.
struct MemoryOfWaiting: Sendable {
    private static let count = 10_000

    let name: BenchmarkName
    let engine: Engine

    func weigh() async throws -> ResultLine {
        let plain = try await weighPlainTasks()
        let gate = AsyncStream.makeStream(of: Void.self)
        let weight = try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<EngineBench.connections {
                group.addTask {
                    try await engine.withConnection { _ in
                        for await _ in gate.stream {}
                    }
                }
            }
            try await reached { $0.inUse == EngineBench.connections }
            let before = Weight.now
            for _ in 0..<Self.count {
                group.addTask { try await engine.withConnection { _ in } }
            }
            try await reached { $0.waiting == Self.count }
            let weight = Weight.now.since(before, of: Self.count)
            gate.continuation.finish()
            try await group.waitForAll()
            return weight
        }
        return ResultLine(name: name.text, figures: weight.figures.merging(["plain_task_bytes": plain.heap]) { $1 })
    }

    /// The same number of tasks that wait for nothing of the pool's.
    private func weighPlainTasks() async throws -> Weight {
        let gate = AsyncStream.makeStream(of: Void.self)
        return await withTaskGroup(of: Void.self) { group in
            let before = Weight.now
            for _ in 0..<Self.count {
                group.addTask { for await _ in gate.stream {} }
            }
            // They are not counted anywhere; each runs up to its wait.
            try? await Task.sleep(for: .milliseconds(500))
            let weight = Weight.now.since(before, of: Self.count)
            gate.continuation.finish()
            await group.waitForAll()
            return weight
        }
    }

    private func reached(_ condition: (PoolStatistics) -> Bool) async throws {
        while !condition(engine.poolStatistics) { try await Task.sleep(for: .milliseconds(1)) }
    }
}

/// What an open connection weighs that nobody uses.
struct MemoryOfConnections: Sendable {
    static let count = 64

    let name: BenchmarkName
    let engine: Engine

    func weigh() async throws -> ResultLine {
        // The first one brings what all share.
        try await open(1)
        let before = Weight.now
        try await open(Self.count)
        return ResultLine(name: name.text, figures: Weight.now.since(before, of: Self.count - 1).figures)
    }

    /// Holds that many connections at the same time, each with a statement that it has run.
    private func open(_ count: Int) async throws {
        let people = People(database: name.database)
        let holders = Collected<Int>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask {
                    try await engine.withConnection { connection in
                        try await people.selectOne(connection)
                        holders.append(number)
                        while holders.elements.count < count { try await Task.sleep(for: .milliseconds(1)) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// What the process has allocated, and what is resident.
struct Weight {
    /// Bytes that are allocated.
    var heap: Double
    /// Bytes that are resident.
    var resident: Double

    static var now: Weight {
        Weight(
            heap: Double(ProcessUsage.allocatedBytes ?? 0),
            resident: Double(ProcessUsage.residentKibibytes ?? 0) * 1024
        )
    }

    /// What came since then for each of so many.
    func since(_ earlier: Weight, of count: Int) -> Weight {
        Weight(
            heap: (heap - earlier.heap) / Double(count),
            resident: (resident - earlier.resident) / Double(count)
        )
    }

    var figures: [String: Double] { ["heap_bytes_each": heap, "resident_bytes_each": resident] }
}

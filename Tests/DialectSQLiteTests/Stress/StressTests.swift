#if SQLite
import DialectCore
import DialectEngine
import Foundation
import TestSupport
import Testing

/// Many tasks, in one process and in two, on one file.
@Suite(.serialized) struct StressTests {
    /// How long two processes read and write, in seconds.
    static let mixDuration = 20

    @Test func twoProcessesWithTwoHundredTasksNeverMeetABusyFile() async throws {
        let worker = try BuiltProduct("StressWorker")
        try await withCounters { url, engine in
            let outcomes = try await withThrowingTaskGroup(of: BuiltProduct.Outcome.self) { group in
                for _ in 0..<2 {
                    group.addTask { try await worker.run(["mix", url, "100", "\(Self.mixDuration)"]) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var increments = 0
            for outcome in outcomes {
                #expect(outcome.succeeded, "\(outcome.errorOutput)")
                let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
                #expect(report.errors == [:])
                #expect(report.reads > 0 && report.increments > 0)
                // One for each connection whose statement takes long, and the runtime's: one for each core and a few more.
                #expect(report.mostThreads <= report.connections + 2 * ProcessInfo.processInfo.activeProcessorCount + 6)
                increments += report.increments
            }
            #expect(try await sum(engine) == increments)
        }
    }

    @Test func tenThousandCancellationsLeaveNothingBehind() async throws {
        let worker = try BuiltProduct("StressWorker")
        try await withCounters { url, engine in
            var committed = 0
            for round in 0..<200 {
                committed += await withTaskGroup(of: Bool.self) { group in
                    for task in 0..<50 {
                        group.addTask { await cancelledSomewhere(engine, seed: UInt64(round * 50 + task)) }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
            }
            // Some came to their end, most did not, and the file holds the work of the former alone.
            #expect(committed > 0 && committed < 10_000)
            #expect(try await sum(engine) == committed)
            #expect(engine.poolStatistics.inUse == 0)
            #expect(engine.poolStatistics.waiting == 0)
            let outcome = try await worker.run(["write", url])
            let milliseconds = try #require(Double(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(milliseconds < 1000)
            try await engine.execute("UPDATE counters SET value = 0")
            #expect(try await sum(engine) == 0)
        }
    }

    /// Runs checkout, begin, statements, iteration and commit in a task that is cancelled after a random time, and tells
    /// whether it was committed.
    private func cancelledSomewhere(_ engine: Engine, seed: UInt64) async -> Bool {
        let work = Task {
            try await engine.withTransaction { connection in
                try await connection.execute("UPDATE counters SET value = value + 1 WHERE id = \(Int(seed % 10) + 1)")
                try await connection.withRows(of: "SELECT a.value FROM counters a, counters b", batchSize: 7) { rows in
                    for try await row in rows { _ = try row.decode(Int.self, at: 0) }
                }
            }
        }
        // The point at which the task is cancelled.
        try? await Task.sleep(for: .microseconds(Int(seed &* 2_654_435_761 % 30_000)))
        work.cancel()
        if case .success = await work.result { return true }
        return false
    }

    private func sum(_ engine: Engine) async throws -> Int {
        let result = try await engine.execute("SELECT sum(value) FROM counters")
        return try #require(result.rows.first).decode(Int.self, at: 0)
    }

    private func withCounters(_ body: (_ url: String, _ engine: Engine) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("counters.db"))"
            try await Engine.withEngine(url: url) { engine in
                try await engine.execute("CREATE TABLE counters (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)")
                for id in 1...10 { try await engine.execute("INSERT INTO counters VALUES (\(id), 0)") }
                try await body(url, engine)
            }
        }
    }

    /// What a worker prints.
    ///
    /// See `Tests/StressWorker`.
    private struct Report: Decodable {
        let reads: Int
        let increments: Int
        let errors: [String: Int]
        let mostThreads: Int
        let connections: Int
    }
}
#endif

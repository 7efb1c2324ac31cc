#if SQLite
import DialectCore
import DialectEngine
import DialectSQLite
import Foundation

/// A process of its own for tests that need a second one.
///
/// `mix URL TASKS SECONDS` lets tasks read and write the table `counters` (id, value) and prints a report as JSON;
/// `write URL` writes once and prints how many milliseconds that took.
@main
struct StressWorker {
    static func main() async throws {
        let arguments = CommandLine.arguments
        switch (arguments.dropFirst().first, arguments.count) {
        case ("mix", 5):
            guard let tasks = Int(arguments[3]), let seconds = Int(arguments[4]) else { return usage() }
            try await mix(url: arguments[2], tasks: tasks, duration: .seconds(seconds))
        case ("write", 3): try await writeOnce(url: arguments[2])
        default: usage()
        }
    }

    static func usage() {
        print("usage: stress-worker mix URL TASKS SECONDS | write URL")
        exit(2)
    }

    static func writeOnce(url: String) async throws {
        try await Engine.withEngine(url: url) { engine in
            let elapsed = try await ContinuousClock().measure {
                try await engine.execute("UPDATE counters SET value = value + 1 WHERE id = 1")
            }
            print(elapsed / .milliseconds(1))
        }
    }

    static func mix(url: String, tasks: Int, duration: Duration) async throws {
        try await Engine.withEngine(url: url) { engine in
            let deadline = ContinuousClock.now + duration
            let report = await withTaskGroup(of: StressReport.self) { group in
                for task in 0..<tasks {
                    group.addTask {
                        var report = StressReport()
                        var random = SystemRandomNumberGenerator()
                        while ContinuousClock.now < deadline {
                            await report.run(engine, task: task, using: &random)
                        }
                        return report
                    }
                }
                return await group.reduce(into: StressReport()) { $0.add($1) }
            }
            print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
        }
    }
}

/// What the tasks of a worker did.
struct StressReport: Codable {
    var reads = 0
    var increments = 0
    var errors: [String: Int] = [:]
    var mostThreads = 0
    /// The most connections that were open at once.
    var connections = 0

    mutating func run(_ engine: Engine, task: Int, using random: inout some RandomNumberGenerator) async {
        let counter = Int.random(in: 1...10, using: &random)
        do {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                _ = try await engine.execute("SELECT value FROM counters WHERE id = \(counter)")
                reads += 1
            case 6..<8:
                try await engine.execute("UPDATE counters SET value = value + 1 WHERE id = \(counter)")
                increments += 1
            default:
                try await engine.withTransaction { connection in
                    let result = try await connection.execute("SELECT value FROM counters WHERE id = \(counter)")
                    let value = try result.rows.first?.decode(Int.self, at: 0) ?? 0
                    try await connection.execute("UPDATE counters SET value = \(value + 1) WHERE id = \(counter)")
                }
                increments += 1
            }
        } catch {
            errors[(error as? DatabaseError).map { "\($0.code)" } ?? "\(type(of: error))", default: 0] += 1
        }
        if task == 0 {
            mostThreads = max(mostThreads, threadCount())
            connections = max(connections, engine.poolStatistics.total)
        }
    }

    mutating func add(_ other: StressReport) {
        reads += other.reads
        increments += other.increments
        errors.merge(other.errors, uniquingKeysWith: +)
        mostThreads = max(mostThreads, other.mostThreads)
        connections = max(connections, other.connections)
    }
}

/// The threads of this process, as Linux counts them; 0 elsewhere.
func threadCount() -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
}
#else
@main
struct StressWorker {
    static func main() {}
}
#endif

/// Measures what the pool and a point select cost, beside a plain C loop over sqlite3; or, given a name, runs one
/// benchmark of a server.
@main
struct PoolBench {
    /// Odd, so that the median is a run that happened.
    static let runs = 3
    static let duration = Duration.seconds(1)

    static func main() async throws {
        if let name = CommandLine.arguments.dropFirst().first { return try await ServerBench(name: name).run() }
        print(Report.environment)
        print("the median of \(runs) interleaved runs of about \(duration)\n")
        try await PeopleFile.withFile { file, engine in
            let benchmarks = Benchmark.all(file: file, engine: engine)
            // Opens the connections and prepares the statements; not counted.
            for benchmark in benchmarks { _ = try await benchmark.run(duration / 5) }
            var report = Report()
            // Interleaved, so that a neighbour's load meets all of them alike.
            for _ in 0..<runs {
                for benchmark in benchmarks { report.add(try await benchmark.run(duration), to: benchmark) }
            }
            print(report.table(of: benchmarks))
        }
    }
}

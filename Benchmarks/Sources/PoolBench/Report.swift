import CPeers
import FoundationEssentials

/// The operations per second of each benchmark, one figure for each run.
struct Report {
    var runs: [String: [Double]] = [:]

    /// Where the figures come from.
    static var environment: String {
        """
        SQLite \(String(cString: cpeers_sqlite_version())), \(ProcessInfo.processInfo.activeProcessorCount) cores, \
        pool of at most \(PeopleFile.poolSize) connections
        """
    }

    mutating func add(_ tally: Tally, to benchmark: Benchmark) {
        runs[benchmark.name, default: []].append(tally.operationsPerSecond)
    }

    /// A Markdown table with one line for each benchmark.
    func table(of benchmarks: [Benchmark]) -> String {
        let head = ["| benchmark | ops/s, median | lowest | highest | of plain C |", "|---|--:|--:|--:|--:|"]
        return (head + benchmarks.map(line)).joined(separator: "\n")
    }

    private func line(for benchmark: Benchmark) -> String {
        let figures = (runs[benchmark.name] ?? []).sorted()
        let ratio = benchmark.peer.map { peer in Self.percent(median(of: benchmark.name) / median(of: peer)) }
        let cells = [
            benchmark.name, Self.whole(median(of: benchmark.name)), Self.whole(figures.first ?? .nan),
            Self.whole(figures.last ?? .nan), ratio ?? "",
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }

    private func median(of name: String) -> Double {
        let figures = (runs[name] ?? []).sorted()
        return figures.isEmpty ? .nan : figures[figures.count / 2]
    }

    private static func percent(_ ratio: Double) -> String {
        ratio.isFinite ? "\((ratio * 1000).rounded() / 10) %" : "-"
    }

    private static func whole(_ figure: Double) -> String {
        figure.isFinite ? "\(Int(figure.rounded()))" : "-"
    }
}

import ArgumentParser
import FoundationEssentials
import Histogram
import Measuring

/// Tells how long the checkouts of a trace would have waited with other pool sizes.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replays a trace of checkouts against pool sizes, in virtual time.",
        discussion: """
            The trace has a line for each checkout: its arrival, how long the connection was kept and, if known, how long \
            it waited, all in microseconds with commas between them. Arrivals and holds are taken as they are: where \
            the database itself was the limit, fewer connections would have shortened the holds, and a replay does not \
            know that.
            """
    )

    @Argument(help: "The file of the trace.")
    var trace: String

    @Option(help: "The pool sizes to try, with commas between them.")
    var sizes = "4,8,16,32"

    @Option(help: "How long a connection takes to open, in milliseconds.")
    var connect = 0.0

    func run() throws {
        let trace = try Trace(path: trace)
        let sizes = self.sizes.split(separator: ",").map { Int($0) ?? 0 }
        guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("The sizes are whole numbers from 1, with commas between them.")
        }
        print("\(trace.checkouts.count) checkouts; waits in milliseconds\n")
        print("| connections | waited | p50 | p90 | p99 | p99.9 | longest | in use | longest queue |")
        print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        if let waits = trace.recordedWaits { print(line("as recorded", waits, "", "")) }
        for size in sizes {
            let outcome = VirtualPool(size: size, connect: Int(connect * 1000)).replay(trace)
            let percent = "\(Int((outcome.utilization * 100).rounded())) %"
            print(line("\(size)", outcome.waits, percent, "\(outcome.longestQueue)"))
        }
    }

    private func line(_ name: String, _ waits: [Int], _ utilization: String, _ queue: String) -> String {
        var latencies = Measurement.emptyLatencies()
        for wait in waits { latencies.record(UInt64(wait)) }
        let waited = Double(waits.count { $0 > 0 }) / Double(waits.count)
        let percentiles = [50.0, 90, 99, 99.9].map { milliseconds(latencies.valueAtPercentile($0)) }
        let cells =
            [name, "\(Int((waited * 100).rounded())) %"] + percentiles
            + [milliseconds(UInt64(waits.max() ?? 0)), utilization, queue]
        return "| \(cells.joined(separator: " | ")) |"
    }

    private func milliseconds(_ microseconds: UInt64) -> String { "\(Double(microseconds) / 1000)" }
}

import Foundation
import GRDB
import Measuring

/// Runs the work of the SQLite benchmarks by GRDB and prints a line of JSON.
///
/// usage: grdb-peer sqlite/grdb-select@64
@main
struct GRDBPeer {
    static func main() async {
        do { try await run() } catch {
            printToStandardError("\(error)")
            exit(1)
        }
    }

    private static func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let name = CommandLine.arguments.dropFirst().first, let path = environment["BENCH_SQLITE_PATH"] else {
            throw Failure(description: "usage: BENCH_SQLITE_PATH=FILE grdb-peer sqlite/grdb-WORK[@TASKS]")
        }
        let duration = Duration.seconds(environment["BENCH_SECONDS"].flatMap(Double.init) ?? 2)
        let work = try PeerWork(path: path)
        let (loop, operation) = try work.load(name)
        var line = ResultLine(name: name, try await loop.run(name, for: duration, operation))
        line.versions["sqlite3"] = try await work.version()
        try line.print()
    }
}

/// Why there is no figure.
struct Failure: Error, CustomStringConvertible {
    let description: String
}

import ArgumentParser
import FoundationEssentials
import Measuring

/// Runs one benchmark and prints a line of JSON.
///
/// One for each process, so that none finds connections, caches or threads of another.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs one benchmark and prints its result as a line of JSON.",
        discussion: """
            A name is DATABASE/WORK[+reactor][@TASKS], such as postgresql/select+reactor@64. Servers are found by the \
            variables that servers.sh sets; BENCH_SECONDS is how long it takes, 2 by default.

            Databases: \(BenchmarkName.Database.allCases.map(\.rawValue).joined(separator: ", "))
            Work: \((EngineWork.allCases.map(\.rawValue) + CProgram.allCases.map(\.rawValue)).joined(separator: ", "))
            """
    )

    @Argument(help: "The benchmark's name.")
    var name: String

    @Option(help: "How many calls each task makes, instead of working for a time; for this package's own work.")
    var calls: Int?

    func validate() throws {
        if let calls, calls < 1 { throw ValidationError("--calls is \(calls); each task makes at least one call.") }
    }

    func run() async throws {
        let name = try BenchmarkName(self.name)
        let environment = ProcessInfo.processInfo.environment
        let duration = Duration.seconds(environment["BENCH_SECONDS"].flatMap(Double.init) ?? 2)
        if name.work.contains("memory") { ProcessUsage.allocateFromOneArena() }
        var line: ResultLine
        if let program = CProgram(rawValue: name.work) {
            guard calls == nil else { throw ValidationError("A C program works for a time; run it without --calls.") }
            line = try program.run(name, for: duration)
        } else if let work = EngineWork(rawValue: name.work) {
            line = try await EngineBench(name: name, work: work, duration: duration, callsOfTask: calls).run()
        } else {
            throw Failure.unknown(self.name)
        }
        line.versions.merge(LibraryVersions.of(name.database)) { found, _ in found }
        try line.print()
    }
}

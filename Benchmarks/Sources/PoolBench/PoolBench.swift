import ArgumentParser

/// Measures the pool and the dialects; Benchmarks/README.md says how to read the figures.
@main
struct PoolBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool-bench",
        abstract: "Runs one benchmark of the pool, replays a trace of checkouts, or watches an outage.",
        subcommands: [RunCommand.self, RecordCommand.self, ReplayCommand.self, OutageCommand.self],
        defaultSubcommand: RunCommand.self
    )
}

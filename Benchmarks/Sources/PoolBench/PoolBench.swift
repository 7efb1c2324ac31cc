import ArgumentParser

/// Measures the pool and the dialects; Benchmarks/README.md says how to read the figures.
@main
struct PoolBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool-bench",
        abstract: "Runs one benchmark of the pool, or replays a trace of checkouts against other pool sizes.",
        subcommands: [RunCommand.self, RecordCommand.self, ReplayCommand.self, OutageCommand.self],
        defaultSubcommand: RunCommand.self
    )
}

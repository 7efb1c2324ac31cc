import Benchmark

// What parts of the framework cost by themselves. The time is the median over scaled runs of a thousand calls each.
//
// No thresholds: on virtual machines without counters of instructions, and with a run-time library whose allocations are not
// counted, time is all there is, and that depends on the machine.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuUser, .throughput],
        warmupIterations: 10,
        scalingFactor: .kilo,
        maxDuration: .seconds(1)
    )
    registerCheckouts()
    registerStatements()
    registerRows()
    registerURLs()
    registerPlans()
}

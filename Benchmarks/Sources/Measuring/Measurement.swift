public import Histogram

/// What a load did and what it took.
public struct Measurement: Sendable {
    /// How many operations were done.
    public var operations: Int
    /// How long that took.
    public var seconds: Double
    /// The processor time that the process took for it.
    public var cpuSeconds: Double
    /// How many operations each task did.
    public var operationsOfTasks: [Int]
    /// How long the operations took, in nanoseconds.
    public var latencies: Histogram<UInt64>

    /// Puts together what was measured.
    public init(
        operations: Int,
        seconds: Double,
        cpuSeconds: Double,
        operationsOfTasks: [Int],
        latencies: Histogram<UInt64>
    ) {
        self.operations = operations
        self.seconds = seconds
        self.cpuSeconds = cpuSeconds
        self.operationsOfTasks = operationsOfTasks
        self.latencies = latencies
    }

    /// How evenly the operations are spread over the tasks.
    public var fairness: Double { jainIndex(of: operationsOfTasks) }

    /// An empty histogram of nanoseconds, exact to three digits.
    public static func emptyLatencies() -> Histogram<UInt64> {
        var histogram = Histogram<UInt64>(highestTrackableValue: 60_000_000_000)
        histogram.autoResize = true
        return histogram
    }
}

/// Jain's fairness index: 1 when all shares are equal, 1/n when one has everything.
///
/// R. Jain, D. Chiu, W. Hawe: "A quantitative measure of fairness and discrimination", DEC TR-301, 1984.
public func jainIndex(of shares: [Int]) -> Double {
    let sum = shares.reduce(0.0) { $0 + Double($1) }
    let squares = shares.reduce(0.0) { $0 + Double($1) * Double($1) }
    return squares == 0 ? 1 : sum * sum / (Double(shares.count) * squares)
}

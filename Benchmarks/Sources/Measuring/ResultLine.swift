internal import FoundationEssentials
internal import Histogram

/// What a program of the benchmarks prints: one line of JSON.
public struct ResultLine: Encodable, Sendable {
    /// The benchmark's name.
    public var name: String
    /// How many operations, or rows, were done.
    public var operations: Int
    /// In how many seconds.
    public var seconds: Double
    /// The latency that half of the calls stayed below, in microseconds, and so on.
    public var p50: Double?
    /// The latency that 99 % of the calls stayed below, in microseconds.
    public var p99: Double?
    /// The latency that 99.9 % of the calls stayed below, in microseconds.
    public var p999: Double?
    /// The longest latency, in microseconds.
    public var longest: Double?
    /// The processor time of this process for each operation, in microseconds.
    public var cpu: Double?
    /// The most memory that was resident, in KiB.
    public var peakMemory: Int?
    /// Jain's index over the operations of the tasks.
    public var fairness: Double?
    /// Other figures.
    public var figures: [String: Double] = [:]
    /// The versions of what took part.
    public var versions: [String: String] = [:]

    enum CodingKeys: String, CodingKey {
        case name, operations, seconds, fairness, figures, versions
        case p50 = "p50_us"
        case p99 = "p99_us"
        case p999 = "p999_us"
        case longest = "max_us"
        case cpu = "cpu_us"
        case peakMemory = "peak_kib"
    }

    /// Makes a line without a load, for figures of another kind.
    public init(name: String, figures: [String: Double]) {
        self.name = name
        operations = 0
        seconds = 0
        self.figures = figures
        peakMemory = ProcessUsage.peakKibibytes
    }

    /// Makes the line of a measurement.
    public init(name: String, _ measurement: Measurement) {
        self.name = name
        operations = measurement.operations
        seconds = measurement.seconds
        func microseconds(_ percentile: Double) -> Double {
            Double(measurement.latencies.valueAtPercentile(percentile)) / 1000
        }
        p50 = microseconds(50)
        p99 = microseconds(99)
        p999 = microseconds(99.9)
        longest = Double(measurement.latencies.maxRecorded) / 1000
        cpu = measurement.cpuSeconds * 1_000_000 / Double(max(1, measurement.operations))
        peakMemory = ProcessUsage.peakKibibytes
        fairness = measurement.fairness
    }

    /// Prints the line.
    ///
    /// - Throws: What the encoder throws for a figure that JSON cannot have, such as a NaN.
    public func print() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        Swift.print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}

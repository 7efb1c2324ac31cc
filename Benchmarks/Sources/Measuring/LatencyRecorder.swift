internal import Histogram
internal import Synchronization

/// Collects the latencies of all tasks of a load.
final class LatencyRecorder: Sendable {
    private let histogram = Mutex(Measurement.emptyLatencies())

    /// How many latencies were collected so far.
    var count: UInt64 { histogram.withLock { $0.totalCount } }

    /// What was collected.
    var latencies: Histogram<UInt64> { histogram.withLock { $0 } }

    /// Adds what a task has kept, and empties it.
    func take(_ latencies: inout [UInt64]) {
        histogram.withLock { histogram in
            for latency in latencies { histogram.record(latency) }
        }
        latencies.removeAll(keepingCapacity: true)
    }
}

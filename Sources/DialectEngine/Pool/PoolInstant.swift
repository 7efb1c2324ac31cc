/// A moment on the pool's monotonic clock, in nanoseconds since an origin that the shell chooses.
///
/// The state machine compares and adds instants only, so tests and replays may start at zero.
struct PoolInstant: Hashable, Comparable, Sendable {
    var nanoseconds: Int64

    /// Later than every moment that a clock reports: "never" in comparisons.
    static let distantFuture = PoolInstant(nanoseconds: .max)

    static func < (left: PoolInstant, right: PoolInstant) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment that many nanoseconds later; `distantFuture` where the sum does not fit.
    func advanced(by nanoseconds: Int64) -> PoolInstant {
        let (sum, overflowed) = self.nanoseconds.addingReportingOverflow(nanoseconds)
        return overflowed ? .distantFuture : PoolInstant(nanoseconds: sum)
    }
}

extension Duration {
    /// The duration in whole nanoseconds; about 292 years where it is longer.
    var saturatingNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflowed else { return seconds < 0 ? .min : .max }
        let (sum, carried) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }
}

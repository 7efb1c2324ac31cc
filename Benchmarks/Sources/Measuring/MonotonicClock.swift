#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The time of the machine's monotonic clock in nanoseconds.
///
/// Read once for each operation, so it is the system's own call without anything around it.
public func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

extension Duration {
    /// The duration in whole nanoseconds.
    public var nanoseconds: UInt64 { UInt64(self / .nanoseconds(1)) }
}

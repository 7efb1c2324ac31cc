#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A point in time, counted in whole microseconds since 1970-01-01 00:00:00 UTC without leap seconds.
///
/// Databases count microseconds, and `Date` is a `Double` of seconds that cannot hold them all: in the year 9999 its
/// steps are 30 microseconds wide. So values travel as `Timestamp`, and convert to `Date` where that suffices.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01 00:00:00 UTC; negative before it.
    public var microsecondsSinceEpoch: Int64

    /// Makes a timestamp from microseconds since 1970-01-01 00:00:00 UTC.
    public init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// Makes a timestamp from a date, rounded to the nearest microsecond.
    ///
    /// Dates beyond 290,000 years from 1970 become the nearest timestamp that there is.
    public init(_ date: Date) {
        let microseconds = (date.timeIntervalSince1970 * 1_000_000).rounded()
        microsecondsSinceEpoch =
            Int64(exactly: microseconds) ?? (microseconds < 0 ? Int64.min : Int64.max)
    }

    /// The present time of the system's clock, rounded down to a microsecond.
    public static var now: Timestamp {
        Timestamp(microsecondsSinceEpoch: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded(.down)))
    }

    /// The date nearest to this timestamp.
    public var date: Date {
        Date(timeIntervalSince1970: Double(microsecondsSinceEpoch) / 1_000_000)
    }

    /// Whether the left timestamp is earlier.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
    }

    /// The timestamp that is `duration` later, rounded down to a microsecond.
    public static func + (timestamp: Timestamp, duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000)
        let microseconds = seconds * 1_000_000 + whole - (rest < 0 ? 1 : 0)
        return Timestamp(microsecondsSinceEpoch: timestamp.microsecondsSinceEpoch + microseconds)
    }
}

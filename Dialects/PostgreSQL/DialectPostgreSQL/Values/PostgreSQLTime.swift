#if PostgreSQL
internal import DialectCore

/// Times as PostgreSQL counts them: microseconds since 2000-01-01 00:00:00 UTC.
enum PostgreSQLTime {
    /// 2000-01-01 in microseconds since 1970-01-01.
    private static let epoch: Int64 = 946_684_800_000_000
    private static let day: Int64 = 86_400_000_000
    /// From 4714-11-24 BC up to, not including, the year 294277.
    private static let range: Range<Int64> = -211_813_488_000_000_000..<9_223_371_331_200_000_000

    /// The count for a timestamp, or nil when PostgreSQL has no such time.
    static func count(of timestamp: Timestamp) -> Int64? {
        let (count, overflow) = timestamp.microsecondsSinceEpoch.subtractingReportingOverflow(epoch)
        return !overflow && range.contains(count) ? count : nil
    }

    /// The days since 2000-01-01 of a timestamp that is a midnight in UTC, or nil.
    static func days(of timestamp: Timestamp) -> Int32? {
        guard let count = count(of: timestamp), count.isMultiple(of: day) else { return nil }
        return Int32(exactly: count / day)
    }

    /// The timestamp with a count, or nil for the infinities and for times that a `Timestamp` cannot hold.
    static func timestamp(count: Int64) -> Timestamp? {
        guard range.contains(count) else { return nil }
        let (microseconds, overflow) = count.addingReportingOverflow(epoch)
        return overflow ? nil : Timestamp(microsecondsSinceEpoch: microseconds)
    }

    /// A date as `YYYY-MM-DD`, or nil for the infinities.
    static func dateText(days: Int32) -> String? {
        let (inMicroseconds, overflow) = Int64(days).multipliedReportingOverflow(by: day)
        guard days != .min, days != .max, !overflow, let timestamp = timestamp(count: inMicroseconds) else {
            return nil
        }
        return String(timestamp.description.prefix { $0 != " " })
    }

    /// A time of day as `HH:MM:SS.ffffff`.
    static func timeText(microseconds: Int64) -> String {
        // PostgreSQL has the time 24:00:00, a timestamp has not.
        if microseconds == day { return "24:00:00.000000" }
        return String(Timestamp(microsecondsSinceEpoch: microseconds).description.drop { $0 != " " }.dropFirst())
    }

    /// Reads a timestamp as PostgreSQL writes it in its ISO style, or returns nil when a `Timestamp` cannot be read.
    ///
    /// The offset may have seconds, as local mean times have: `0001-01-01 00:53:28+00:53:28`.
    static func timestamp(text: some StringProtocol) -> Timestamp? {
        if let timestamp = Timestamp(text) { return timestamp }
        guard
            let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }),
            text[sign...].utf8.count == 9,
            let time = Timestamp(text[..<text.index(sign, offsetBy: 6)]),
            let seconds = Int64(text.suffix(2))
        else { return nil }
        let correction = (text[sign] == "+" ? -seconds : seconds) * 1_000_000
        return Timestamp(microsecondsSinceEpoch: time.microsecondsSinceEpoch + correction)
    }
}
#endif

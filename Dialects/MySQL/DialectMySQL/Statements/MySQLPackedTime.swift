#if MySQL
internal import DialectCore

/// A date, a time of day or a span of time as the binary protocol packs it: what is zero at the end is left out.
struct MySQLPackedTime {
    var isNegative = false
    var year = 0
    var month = 0
    var day = 0
    /// Beyond 23 in a span.
    var hour = 0
    var minute = 0
    var second = 0
    var microsecond = 0

    init(date bytes: UnsafeRawBufferPointer) {
        if bytes.count >= 4 {
            year = Int(bytes[0]) | Int(bytes[1]) << 8
            month = Int(bytes[2])
            day = Int(bytes[3])
        }
        readClock(bytes, at: 4)
    }

    init(time bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 8 else { return }
        isNegative = bytes[0] != 0
        readClock(bytes, at: 5)
        hour += 24 * (Int(bytes[1]) | Int(bytes[2]) << 8 | Int(bytes[3]) << 16 | Int(bytes[4]) << 24)
    }

    private mutating func readClock(_ bytes: UnsafeRawBufferPointer, at start: Int) {
        guard bytes.count >= start + 3 else { return }
        (hour, minute, second) = (Int(bytes[start]), Int(bytes[start + 1]), Int(bytes[start + 2]))
        guard bytes.count >= start + 7 else { return }
        for index in 0..<4 { microsecond |= Int(bytes[start + 3 + index]) << (8 * index) }
    }

    /// The point in time, nil for a date that is none, such as 0000-00-00.
    var timestamp: Timestamp? {
        guard year > 0 else { return nil }
        return CivilTime(
            year: year,
            month: month,
            day: day,
            hour: hour,
            minute: minute,
            second: second,
            microsecond: microsecond
        )?.timestamp
    }

    var dateText: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    var timeText: String {
        let clock = "\(isNegative ? "-" : "")\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
        return microsecond == 0 ? clock : "\(clock).\(padded(microsecond, 6))"
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
#endif

extension Timestamp: CustomStringConvertible {
    /// The time as SQL writes it, in UTC, always with six fraction digits: `2026-02-19 08:30:00.000000`.
    public var description: String {
        let time = CivilTime(self)
        // A year has four digits, or as many as it needs, and a sign before our era.
        let year = String(time.year.magnitude)
        let zeros = max(0, 4 - year.utf8.count)
        let sign = time.year < 0 ? 1 : 0
        return String(unsafeUninitializedCapacity: sign + zeros + year.utf8.count + 22) { buffer in
            var writer = DigitWriter(buffer: buffer)
            if sign > 0 { writer.write("-") }
            for _ in 0..<zeros { writer.write("0") }
            for digit in year.utf8 { writer.write(Unicode.Scalar(digit)) }
            for (separator, number, width) in [
                ("-", time.month, 2), ("-", time.day, 2), (" ", time.hour, 2),
                (":", time.minute, 2), (":", time.second, 2), (".", time.microsecond, 6),
            ] as [(Unicode.Scalar, Int, Int)] {
                writer.write(separator)
                writer.write(number, width: width)
            }
            return writer.count
        }
    }

    /// Reads `YYYY-MM-DD`, then optionally a space or `T` and `HH:MM[:SS[.fraction]]`, then optionally `Z` or an offset.
    ///
    /// Text without an offset is UTC. A fraction of more than six digits is refused when the digits beyond the sixth
    /// are not zero: it could not be held unchanged. Returns nil for any other text.
    public init?(_ text: some StringProtocol) {
        var scanner = DigitScanner(utf8: Array(text.utf8))
        guard
            let year = scanner.digits(4), scanner.take(UInt8(ascii: "-")),
            let month = scanner.digits(2), scanner.take(UInt8(ascii: "-")),
            let day = scanner.digits(2)
        else { return nil }
        var fields = (hour: 0, minute: 0, second: 0, microsecond: 0, offsetMinutes: 0)
        if !scanner.isAtEnd {
            guard scanner.take(UInt8(ascii: " ")) || scanner.take(UInt8(ascii: "T")) else { return nil }
            guard let hour = scanner.digits(2), scanner.take(UInt8(ascii: ":")), let minute = scanner.digits(2)
            else { return nil }
            (fields.hour, fields.minute) = (hour, minute)
            if scanner.take(UInt8(ascii: ":")) {
                guard let second = scanner.digits(2) else { return nil }
                fields.second = second
                if scanner.take(UInt8(ascii: ".")) {
                    guard let microsecond = scanner.microseconds() else { return nil }
                    fields.microsecond = microsecond
                }
            }
            guard let offset = scanner.offsetMinutes() else { return nil }
            fields.offsetMinutes = offset
        }
        guard
            scanner.isAtEnd,
            let time = CivilTime(
                year: year,
                month: month,
                day: day,
                hour: fields.hour,
                minute: fields.minute,
                second: fields.second,
                microsecond: fields.microsecond
            )
        else { return nil }
        let offset = Int64(fields.offsetMinutes) * 60_000_000
        self.init(microsecondsSinceEpoch: time.timestamp.microsecondsSinceEpoch - offset)
    }
}

/// Writes ASCII characters into a buffer that has room for them.
private struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func write(_ character: Unicode.Scalar) {
        buffer.initializeElement(at: count, to: UInt8(ascii: character))
        count += 1
    }

    /// Writes a number with zeros before it.
    mutating func write(_ number: Int, width: Int) {
        var rest = number
        for place in stride(from: count + width - 1, through: count, by: -1) {
            buffer.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        count += width
    }
}

/// Reads the fields of a time from ASCII text.
private struct DigitScanner {
    let utf8: [UInt8]
    var position = 0

    init(utf8: [UInt8]) { self.utf8 = utf8 }

    var isAtEnd: Bool { position == utf8.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < utf8.count, utf8[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int? {
        guard position < utf8.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(utf8[position]) else {
            return nil
        }
        position += 1
        return Int(utf8[position - 1] - UInt8(ascii: "0"))
    }

    mutating func digits(_ count: Int) -> Int? {
        var number = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    mutating func microseconds() -> Int? {
        var (number, count) = (0, 0)
        while let digit = digit() {
            if count < 6 { number = number * 10 + digit } else if digit != 0 { return nil }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 6)..<6 { number *= 10 }
        return number
    }

    /// `Z`, `±HH`, `±HHMM`, `±HH:MM`, or nothing, which is UTC.
    mutating func offsetMinutes() -> Int? {
        if isAtEnd || take(UInt8(ascii: "Z")) { return 0 }
        let sign = take(UInt8(ascii: "-")) ? -1 : 1
        guard sign == -1 || take(UInt8(ascii: "+")), let hours = digits(2) else { return nil }
        if isAtEnd { return sign * hours * 60 }
        _ = take(UInt8(ascii: ":"))
        guard let minutes = digits(2), hours <= 23, minutes <= 59 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

/// How many requests are allowed within a sliding window of time.
public struct RateLimit: Sendable, Hashable {
    /// The requests that are allowed in any window.
    public var count: Int
    /// The window's length.
    public var window: Duration

    /// Makes a limit, for example `RateLimit(5, per: .minutes(1))`.
    ///
    /// Both must be positive; validation checks it.
    public init(_ count: Int, per window: Duration) {
        self.count = count
        self.window = window
    }

    /// Reads a limit such as `5/min`: a count, a slash, and one of `sec`, `second`, `seconds`, `min`, `minute`,
    /// `minutes`, `hour`, `hours`, `day` and `days` in any case, with white space around each part.
    ///
    /// - Throws: A `ConfigurationError` that quotes the text when it has another form or the count is not positive.
    public init(parsing text: String) throws(ConfigurationError) {
        let trimmed = text.trimmingWhitespace()
        guard let slash = trimmed.firstIndex(of: "/") else {
            throw Self.error("Invalid rate limit format: '\(text)'. Expected 'count/period'.")
        }
        let left = trimmed[..<slash].trimmingWhitespace()
        guard let count = Self.integer(left) else {
            throw Self.error("Invalid rate limit count: '\(left)'")
        }
        guard count > 0 else {
            throw Self.error("Rate limit count must be positive, got \(count)")
        }
        let period = trimmed[trimmed.index(after: slash)...].trimmingWhitespace().lowercased()
        guard let window = Self.windows[period] else {
            let valid = Self.windows.keys.sorted().joined(separator: ", ")
            throw Self.error("Unknown rate limit period: '\(period)'. Valid periods: \(valid)")
        }
        self.init(count, per: window)
    }

    private static let windows: [String: Duration] = [
        "sec": .seconds(1), "second": .seconds(1), "seconds": .seconds(1),
        "min": .minutes(1), "minute": .minutes(1), "minutes": .minutes(1),
        "hour": .hours(1), "hours": .hours(1),
        "day": .days(1), "days": .days(1),
    ]

    private static func error(_ problem: String) -> ConfigurationError {
        ConfigurationError(option: "rateLimits", problem: problem)
    }

    /// Reads an integer as Python's `int()` does, because such texts are shared with Python settings: an optional sign,
    /// decimal digits of any script, single underscores between digits.
    ///
    /// Nil for anything else and for what does not fit an `Int`.
    private static func integer(_ text: some StringProtocol) -> Int? {
        var scalars = text.unicodeScalars[...]
        let isNegative = scalars.first == "-"
        if isNegative || scalars.first == "+" { scalars.removeFirst() }
        var value = 0
        var followsDigit = false
        for scalar in scalars {
            if scalar == "_", followsDigit {
                followsDigit = false
                continue
            }
            guard scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue else {
                return nil
            }
            let (tens, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) = tens.addingReportingOverflow(Int(digit))
            guard !first, !second else { return nil }
            value = sum
            followsDigit = true
        }
        guard followsDigit else { return nil }
        return isNegative ? -value : value
    }
}

extension StringProtocol {
    fileprivate func trimmingWhitespace() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

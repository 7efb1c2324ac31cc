/// How many connections an engine keeps, for how long, and how long a checkout waits for one.
///
/// A dialect returns its own defaults as a value of this type; an application changes single settings of it:
///
/// ```swift
/// var pool = PoolConfiguration()
/// pool.maximumSize = 20
/// pool.idleTimeout = .seconds(600)
/// ```
public struct PoolConfiguration: Sendable, Hashable {
    /// The largest sum of `maximumSize` and `maximumOverflow` that `validated()` accepts.
    public static let largestLimit = 100_000

    /// How many connections stay open even when nobody needs them; 0 by default.
    public var minimumSize: Int
    /// How many connections stay open after they were needed; 5 by default.
    public var maximumSize: Int
    /// How many connections may be opened beyond `maximumSize` under load.
    ///
    /// They are closed at check-in, unless somebody waits for a connection. 10 by default.
    public var maximumOverflow: Int
    /// How long a checkout waits for a connection before it fails with `poolTimeout`.
    ///
    /// 30 seconds by default.
    public var checkoutTimeout: Duration
    /// How long a connection may be idle before it is closed; `minimumSize` connections are spared.
    ///
    /// `nil`, the default, keeps idle connections until `maximumAge`.
    public var idleTimeout: Duration?
    /// How long after its opening a connection is closed at the next moment when nobody uses it.
    ///
    /// 300 seconds by default; `nil` sets no limit. Use less than what the server or a proxy before it allows.
    public var maximumAge: Duration?
    /// The share of `maximumAge` that is taken off at random, so that connections opened together do not end together.
    ///
    /// From 0 up to, not including, 1. 0.1 by default: with 300 seconds a connection lives for 270 to 300 seconds.
    public var ageJitter: Double
    /// A connection that was idle for at least this long is pinged before it is handed out.
    ///
    /// 1 second by default, so that a connection in steady use costs no extra round trip. Zero pings at every checkout
    /// of an idle connection, `nil` never does.
    public var pingAfterIdle: Duration?
    /// How long the opening of one connection may take; 10 seconds by default.
    public var connectTimeout: Duration

    /// A connection that is checked out for longer is reported by a warning in the log, once for each checkout, with the place
    /// in the source that has it; `nil`, the default, reports none.
    public var leakThreshold: Duration?

    /// Makes a configuration.
    ///
    /// Each setting has the default that its property names.
    public init(
        minimumSize: Int = 0,
        maximumSize: Int = 5,
        maximumOverflow: Int = 10,
        checkoutTimeout: Duration = .seconds(30),
        idleTimeout: Duration? = nil,
        maximumAge: Duration? = .seconds(300),
        ageJitter: Double = 0.1,
        pingAfterIdle: Duration? = .seconds(1),
        connectTimeout: Duration = .seconds(10),
        leakThreshold: Duration? = nil
    ) {
        self.minimumSize = minimumSize
        self.maximumSize = maximumSize
        self.maximumOverflow = maximumOverflow
        self.checkoutTimeout = checkoutTimeout
        self.idleTimeout = idleTimeout
        self.maximumAge = maximumAge
        self.ageJitter = ageJitter
        self.pingAfterIdle = pingAfterIdle
        self.connectTimeout = connectTimeout
        self.leakThreshold = leakThreshold
    }
}

extension PoolConfiguration {
    /// Returns the configuration when every setting is in its range.
    ///
    /// - Throws: `DatabaseError` with the code `invalidConfiguration`, which names the setting, its value and its range.
    @discardableResult
    public func validated() throws(DatabaseError) -> PoolConfiguration {
        try require(maximumSize >= 1, "maximumSize", maximumSize, "at least 1")
        try require(
            minimumSize >= 0 && minimumSize <= maximumSize,
            "minimumSize",
            minimumSize,
            "from 0 to maximumSize, which is \(maximumSize)"
        )
        try require(maximumOverflow >= 0, "maximumOverflow", maximumOverflow, "at least 0")
        let (limit, overflowed) = maximumSize.addingReportingOverflow(maximumOverflow)
        try require(
            !overflowed && limit <= Self.largestLimit,
            "maximumSize + maximumOverflow",
            overflowed ? Int.max : limit,
            "at most \(Self.largestLimit)"
        )
        try require(ageJitter >= 0 && ageJitter < 1, "ageJitter", ageJitter, "from 0 up to, not including, 1")
        try require(checkoutTimeout > .zero, "checkoutTimeout", checkoutTimeout, "longer than zero")
        try require(connectTimeout > .zero, "connectTimeout", connectTimeout, "longer than zero")
        if let idleTimeout {
            try require(idleTimeout > .zero, "idleTimeout", idleTimeout, "longer than zero, or nil for no limit")
        }
        if let maximumAge {
            try require(maximumAge > .zero, "maximumAge", maximumAge, "longer than zero, or nil for no limit")
        }
        if let pingAfterIdle {
            try require(pingAfterIdle >= .zero, "pingAfterIdle", pingAfterIdle, "zero or longer, or nil for no ping")
        }
        if let leakThreshold {
            try require(
                leakThreshold > .zero,
                "leakThreshold",
                leakThreshold,
                "longer than zero, or nil for no warning"
            )
        }
        return self
    }

    private func require(
        _ isInRange: Bool,
        _ setting: String,
        _ value: some CustomStringConvertible,
        _ range: String
    ) throws(DatabaseError) {
        guard !isInRange else { return }
        throw DatabaseError(.invalidConfiguration, "The pool's \(setting) is \(value); it must be \(range).")
    }
}

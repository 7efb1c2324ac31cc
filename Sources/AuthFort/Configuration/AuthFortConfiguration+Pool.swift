extension AuthFortConfiguration {
    /// Limits of the database connections.
    ///
    /// A dialect whose database has a fixed number of connections keeps its own.
    public struct Pool: Sendable {
        /// How many connections are kept open; default 5.
        public var maximumSize = 5
        /// How many more may be opened while all of these are in use; default 10.
        public var maximumOverflow = 10
        /// How long a task waits for a connection before it gets an error; default 30 seconds.
        public var checkoutTimeout: Duration = .seconds(30)
        /// How old a connection may grow before it is replaced; default 5 minutes; nil is without limit.
        public var maximumAge: Duration? = .minutes(5)

        /// Makes the defaults.
        public init() {}

        /// Checks every option of the group.
        func validate() throws(ConfigurationError) {
            try ConfigurationRule.count(maximumSize, atLeast: 1, "pool.maximumSize")
            try ConfigurationRule.count(maximumOverflow, atLeast: 0, "pool.maximumOverflow")
            try ConfigurationRule.positive(checkoutTimeout, "pool.checkoutTimeout")
            if let maximumAge {
                try ConfigurationRule.positive(maximumAge, "pool.maximumAge")
            }
        }
    }
}

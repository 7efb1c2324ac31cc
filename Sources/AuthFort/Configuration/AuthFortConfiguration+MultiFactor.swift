extension AuthFortConfiguration {
    /// One-time codes from an authenticator application, and backup codes.
    public struct MultiFactor: Sendable {
        /// The issuer that the authenticator application shows.
        ///
        /// Nil, the default, or empty means ``Tokens/issuer``.
        public var issuer: String?
        /// How many backup codes a user gets; default 10.
        public var backupCodeCount = 10
        /// How many wrong codes in a row lock the second factor; default 5.
        ///
        /// Nil never locks, and leaves six-digit codes open to guessing as far as the rate limits allow.
        public var maximumFailedAttempts: Int? = 5
        /// How long a locked second factor stays locked; default 15 minutes.
        public var lockoutDuration: Duration = .minutes(15)
        /// Whether a sign-in by magic link or e-mailed code asks for the second factor where one is set up.
        ///
        /// Default true. The Python library never asks there, so that whoever reads the mailbox needs no second factor.
        /// Set it to false for clients that do not understand a challenge in the answer to these two requests.
        public var isRequiredAfterEmailSignIn = true

        /// Makes the defaults.
        public init() {}

        /// Checks every option of the group.
        func validate() throws(ConfigurationError) {
            try ConfigurationRule.count(backupCodeCount, atLeast: 0, "multiFactor.backupCodeCount")
            if let maximumFailedAttempts, maximumFailedAttempts < 1 {
                throw ConfigurationError(
                    option: "multiFactor.maximumFailedAttempts",
                    problem: "must be >= 1, or nil to never lock, got \(maximumFailedAttempts)"
                )
            }
            try ConfigurationRule.lifetime(lockoutDuration, "multiFactor.lockoutDuration")
        }
    }
}

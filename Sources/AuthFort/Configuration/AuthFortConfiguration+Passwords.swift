extension AuthFortConfiguration {
    /// Rules, hashing and checks of passwords.
    public struct Passwords: Sendable {
        /// The shortest new password, in Unicode code points; default 8.
        ///
        /// Existing passwords are not affected.
        public var minimumLength = 8
        /// The longest new password, in bytes of UTF-8; default 1024.
        ///
        /// Existing passwords are not affected: the Python library has no maximum, and a longer one that was set there
        /// still signs in.
        public var maximumBytes = 1024
        /// How many of the last passwords may not be used again; default 0: no history is kept or checked.
        public var historyCount = 0
        /// How long a password reset link is valid, in whole seconds; default 1 hour.
        public var resetLifetime: Duration = .hours(1)
        /// Whether new passwords are looked up in the Pwned Passwords collection of known breaches; default
        /// ``ExternalCheck/failOpen``.
        public var breachCheck = ExternalCheck.failOpen
        /// How the look-up in Pwned Passwords works.
        public var breachLookup = BreachLookup()
        /// What an Argon2id hash costs.
        public var hashing = PasswordHashingParameters()
        /// How many hashes are computed at once, each on a thread of its own.
        ///
        /// Nil, the default, means one for each processor core. Each needs the memory that ``hashing`` says.
        public var hashingThreads: Int?
        /// Whether a failed password sign-in tells that the account has no password and how it signs in instead.
        ///
        /// Default false: the answer is the same as for a wrong password. The Python library tells, which lets anybody
        /// find out who has an account.
        public var revealsOtherSignInMethods = false

        /// Makes the defaults.
        public init() {}

        /// Checks every option of the group.
        func validate() throws(ConfigurationError) {
            try ConfigurationRule.count(minimumLength, atLeast: 1, "passwords.minimumLength")
            guard maximumBytes >= minimumLength else {
                throw ConfigurationError(
                    option: "passwords.maximumBytes",
                    problem: "must be >= passwords.minimumLength (\(minimumLength)), got \(maximumBytes)"
                )
            }
            try ConfigurationRule.count(historyCount, atLeast: 0, "passwords.historyCount")
            try ConfigurationRule.lifetime(resetLifetime, "passwords.resetLifetime")
            try breachLookup.validate()
            try hashing.validate()
            if let hashingThreads {
                try ConfigurationRule.count(hashingThreads, atLeast: 1, "passwords.hashingThreads")
            }
        }
    }

    /// How a password is looked up in the Pwned Passwords collection.
    ///
    /// Only the first five hexadecimal digits of the password's SHA-1 leave the process:
    /// https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange
    public struct BreachLookup: Sendable {
        /// How long one look-up may take, waiting for its turn included; default 2 seconds.
        public var timeout: Duration = .seconds(2)
        /// How many requests may be under way at once; default 30.
        public var maximumConcurrency = 30
        /// How long an answer is used again for passwords with the same first digits; default 5 minutes, zero never.
        public var cacheLifetime: Duration = .minutes(5)
        /// The service's base URL; another one serves a mirror of the collection.
        public var baseURL = "https://api.pwnedpasswords.com"

        /// Makes the defaults.
        public init() {}

        /// Checks every option of the group.
        func validate() throws(ConfigurationError) {
            try ConfigurationRule.positive(timeout, "passwords.breachLookup.timeout")
            try ConfigurationRule.count(maximumConcurrency, atLeast: 1, "passwords.breachLookup.maximumConcurrency")
            guard cacheLifetime >= .zero else {
                throw ConfigurationError(
                    option: "passwords.breachLookup.cacheLifetime",
                    problem: "must be zero (no cache) or longer, got \(cacheLifetime)"
                )
            }
            try ConfigurationRule.baseURL(baseURL, "passwords.breachLookup.baseURL")
        }
    }
}

extension AuthFortConfiguration {
    /// Lifetimes, issuer and signing keys of the tokens.
    ///
    /// Lifetimes are whole seconds.
    public struct Tokens: Sendable {
        /// How long an access token and its cookie are valid; default 15 minutes.
        public var accessTokenLifetime: Duration = .minutes(15)
        /// How long a refresh token and its cookie are valid; default 30 days.
        ///
        /// Each refresh starts a new full period.
        public var refreshTokenLifetime: Duration = .days(30)
        /// The `iss` claim of every token, and the one that is required when a token is verified; default `authfort`.
        public var issuer = "authfort"
        /// The size of new RSA signing keys, 2048 to 8192 bits and a multiple of 8; default 2048.
        public var rsaKeySize = 2048
        /// How long a signing key verifies tokens after it was rotated out; default 48 hours.
        ///
        /// It may not be shorter than ``accessTokenLifetime``, or a rotation would end sessions.
        public var retiredKeyLifetime: Duration = .hours(48)

        /// Makes the defaults.
        public init() {}

        /// Checks every option of the group.
        func validate() throws(ConfigurationError) {
            try ConfigurationRule.lifetime(accessTokenLifetime, "tokens.accessTokenLifetime")
            try ConfigurationRule.lifetime(refreshTokenLifetime, "tokens.refreshTokenLifetime")
            try ConfigurationRule.lifetime(retiredKeyLifetime, "tokens.retiredKeyLifetime")
            try ConfigurationRule.notBlank(issuer, "tokens.issuer")
            guard (2048...8192).contains(rsaKeySize), rsaKeySize.isMultiple(of: 8) else {
                throw ConfigurationError(
                    option: "tokens.rsaKeySize",
                    problem: "must be >= 2048 and <= 8192 bits and a multiple of 8, got \(rsaKeySize)"
                )
            }
            guard retiredKeyLifetime >= accessTokenLifetime else {
                throw ConfigurationError(
                    option: "tokens.retiredKeyLifetime",
                    problem: """
                        must not be shorter than tokens.accessTokenLifetime (\(accessTokenLifetime)), \
                        got \(retiredKeyLifetime)
                        """
                )
            }
        }
    }
}

extension AuthFortConfiguration {
    /// Checks of e-mail addresses, and lifetimes of the links and codes that are sent to them.
    public struct Email: Sendable {
        /// How long a link that verifies an address is valid, in whole seconds; default 24 hours.
        public var verificationLifetime: Duration = .hours(24)
        /// How long a magic link is valid, in whole seconds; default 10 minutes.
        public var magicLinkLifetime: Duration = .minutes(10)
        /// How long a one-time code is valid, in whole seconds; default 5 minutes.
        public var oneTimeCodeLifetime: Duration = .minutes(5)
        /// Whether the address's domain must have a mail server in DNS when somebody signs up, signs in or asks for a
        /// link or code.
        ///
        /// Default ``ExternalCheck/off``. This version cannot look up mail servers yet, so validation refuses the others.
        public var deliverabilityCheck = ExternalCheck.off

        /// Makes the defaults.
        public init() {}

        /// Checks every option of the group.
        func validate() throws(ConfigurationError) {
            try ConfigurationRule.lifetime(verificationLifetime, "email.verificationLifetime")
            try ConfigurationRule.lifetime(magicLinkLifetime, "email.magicLinkLifetime")
            guard deliverabilityCheck == .off else {
                throw ConfigurationError(
                    option: "email.deliverabilityCheck",
                    problem: "must be off: this version cannot look up mail servers yet"
                )
            }
            try ConfigurationRule.lifetime(oneTimeCodeLifetime, "email.oneTimeCodeLifetime")
        }
    }
}

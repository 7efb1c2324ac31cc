/// How often each endpoint may be called.
///
/// Nil at an endpoint means without a limit.
///
/// "By address" counts the requests of one client address, "by e-mail" those that name one e-mail address. An endpoint
/// marked "new" has no limit in the Python library, although it checks a secret or changes one.
public struct RateLimitConfiguration: Sendable, Hashable {
    /// Sign-in with a password, by address and by e-mail; default 5 a minute.
    public var signIn: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Sign-up, by address and by e-mail; default 3 a minute.
    public var signUp: RateLimit? = RateLimit(3, per: .minutes(1))
    /// Requests for a magic link, by address and by e-mail; default 5 a minute.
    public var magicLink: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Redemption of magic links, by address; default 5 a minute, new.
    public var magicLinkVerification: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Requests for a one-time code and their verification together, by address and by e-mail; default 5 a minute.
    public var oneTimeCode: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Verification of e-mail addresses, by address; default 5 a minute.
    public var emailVerification: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Refreshes, by address; default 30 a minute.
    public var refresh: RateLimit? = RateLimit(30, per: .minutes(1))
    /// Second step of a sign-in, by address; default 5 a minute.
    public var multiFactor: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Setting up or removing the second factor and renewing backup codes, by address; default 5 a minute, new.
    public var multiFactorSettings: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Setting a first password, by address; default 5 a minute, new.
    public var setPassword: RateLimit? = RateLimit(5, per: .minutes(1))
    /// Introspection with a wrong secret, by address; default 5 a minute, new.
    ///
    /// Calls with the right secret are not counted.
    public var introspection: RateLimit? = RateLimit(5, per: .minutes(1))

    /// Makes the defaults.
    public init() {}
}

extension RateLimitConfiguration {
    /// Checks every limit.
    func validate() throws(ConfigurationError) {
        try Self.check(signIn, "signIn")
        try Self.check(signUp, "signUp")
        try Self.check(magicLink, "magicLink")
        try Self.check(magicLinkVerification, "magicLinkVerification")
        try Self.check(oneTimeCode, "oneTimeCode")
        try Self.check(emailVerification, "emailVerification")
        try Self.check(refresh, "refresh")
        try Self.check(multiFactor, "multiFactor")
        try Self.check(multiFactorSettings, "multiFactorSettings")
        try Self.check(setPassword, "setPassword")
        try Self.check(introspection, "introspection")
    }

    private static func check(_ limit: RateLimit?, _ name: String) throws(ConfigurationError) {
        guard let limit else { return }
        try ConfigurationRule.count(limit.count, atLeast: 1, "rateLimits.\(name).count")
        try ConfigurationRule.positive(limit.window, "rateLimits.\(name).window")
    }
}

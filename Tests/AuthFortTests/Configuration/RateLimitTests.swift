import Testing

@testable import AuthFort

@Suite struct RateLimitTests {
    @Test(arguments: [
        ("5/min", 5, 60), ("+5/min", 5, 60), ("1_0/hour", 10, 3600), (" 5 / MIN ", 5, 60), ("٥/sec", 5, 1),
        ("007/day", 7, 86_400), ("5 /seconds", 5, 1), ("5/ days ", 5, 86_400), ("5/Minutes\n", 5, 60),
        ("\u{a0}5/min", 5, 60), ("1/second", 1, 1), ("1/minute", 1, 60), ("1/hours", 1, 3600),
        ("1_2_3/day", 123, 86_400),
    ])
    func aLimitIsReadFromText(_ text: String, _ count: Int, _ seconds: Int) throws {
        #expect(try RateLimit(parsing: text) == RateLimit(count, per: .seconds(seconds)))
    }

    private static let periods = "day, days, hour, hours, min, minute, minutes, sec, second, seconds"

    @Test(arguments: [
        ("5", "Invalid rate limit format: '5'. Expected 'count/period'."),
        ("", "Invalid rate limit format: ''. Expected 'count/period'."),
        ("/", "Invalid rate limit count: ''"),
        (" /min", "Invalid rate limit count: ''"),
        ("a/min", "Invalid rate limit count: 'a'"),
        ("5.0/min", "Invalid rate limit count: '5.0'"),
        ("1__0/sec", "Invalid rate limit count: '1__0'"),
        ("_1/sec", "Invalid rate limit count: '_1'"),
        ("1_/sec", "Invalid rate limit count: '1_'"),
        ("+ 5/sec", "Invalid rate limit count: '+ 5'"),
        ("--5/min", "Invalid rate limit count: '--5'"),
        ("+/min", "Invalid rate limit count: '+'"),
        ("²/sec", "Invalid rate limit count: '²'"),
        ("x y/min", "Invalid rate limit count: 'x y'"),
        ("99999999999999999999/sec", "Invalid rate limit count: '99999999999999999999'"),
        ("0/min", "Rate limit count must be positive, got 0"),
        ("-0/min", "Rate limit count must be positive, got 0"),
        ("-5/min", "Rate limit count must be positive, got -5"),
        ("5/", "Unknown rate limit period: ''. Valid periods: \(periods)"),
        ("5/fortnight", "Unknown rate limit period: 'fortnight'. Valid periods: \(periods)"),
        ("5/min/x", "Unknown rate limit period: 'min/x'. Valid periods: \(periods)"),
    ])
    func aBadTextIsQuoted(_ text: String, _ problem: String) {
        let error = #expect(throws: ConfigurationError.self) { try RateLimit(parsing: text) }
        #expect(error == ConfigurationError(option: "rateLimits", problem: problem))
    }

    @Test func theDefaultsAreThoseOfThePythonLibrary() throws {
        let limits = RateLimitConfiguration()
        #expect(limits.signIn == (try RateLimit(parsing: "5/min")))
        #expect(limits.signUp == (try RateLimit(parsing: "3/min")))
        #expect(limits.magicLink == (try RateLimit(parsing: "5/min")))
        #expect(limits.oneTimeCode == (try RateLimit(parsing: "5/min")))
        #expect(limits.emailVerification == (try RateLimit(parsing: "5/min")))
        #expect(limits.refresh == (try RateLimit(parsing: "30/min")))
        #expect(limits.multiFactor == (try RateLimit(parsing: "5/min")))
    }

    /// A limit that is added to the configuration but not to its validation shows up here.
    @Test func everyLimitIsValidated() {
        let limits: [WritableKeyPath<RateLimitConfiguration, RateLimit?>] = [
            \.signIn, \.signUp, \.magicLink, \.magicLinkVerification, \.oneTimeCode, \.emailVerification, \.refresh,
            \.multiFactor, \.multiFactorSettings, \.setPassword, \.introspection,
        ]
        #expect(limits.count == Mirror(reflecting: RateLimitConfiguration()).children.count)
        for limit in limits {
            var configuration = RateLimitConfiguration()
            configuration[keyPath: limit] = RateLimit(-1, per: .minutes(1))
            #expect(throws: ConfigurationError.self) { try configuration.validate() }
            configuration[keyPath: limit] = nil
            #expect(throws: Never.self) { try configuration.validate() }
        }
    }
}

import DialectCore
import Testing

@testable import AuthFort

@Suite struct AuthFortConfigurationTests {
    @Test func theDefaultsAreValid() throws {
        let configuration = try AuthFortConfiguration().validated()
        #expect(configuration.tokens.accessTokenLifetime == .seconds(900))
        #expect(configuration.tokens.refreshTokenLifetime == .seconds(2_592_000))
        #expect(configuration.tokens.retiredKeyLifetime == .seconds(172_800))
        #expect(configuration.tokens.issuer == "authfort")
        #expect(configuration.tokens.rsaKeySize == 2048)
        #expect(configuration.signUp.isAllowed)
        #expect(!configuration.signUp.isPasswordlessAllowed)
        #expect(configuration.passwords.minimumLength == 8)
        #expect(configuration.passwords.historyCount == 0)
        #expect(configuration.passwords.resetLifetime == .seconds(3600))
        #expect(configuration.passwords.breachCheck == .failOpen)
        #expect(configuration.passwords.breachLookup.timeout == .seconds(2))
        #expect(configuration.passwords.breachLookup.maximumConcurrency == 30)
        #expect(configuration.passwords.breachLookup.cacheLifetime == .seconds(300))
        #expect(configuration.email.verificationLifetime == .seconds(86_400))
        #expect(configuration.email.magicLinkLifetime == .seconds(600))
        #expect(configuration.email.oneTimeCodeLifetime == .seconds(300))
        #expect(configuration.email.deliverabilityCheck == .off)
        #expect(configuration.multiFactor.issuer == nil)
        #expect(configuration.multiFactor.backupCodeCount == 10)
        #expect(configuration.multiFactor.maximumFailedAttempts == 5)
        #expect(configuration.multiFactor.lockoutDuration == .seconds(900))
        #expect(configuration.cookie == nil)
        #expect(configuration.proxies == .none)
        #expect(configuration.frontendURL == nil)
        #expect(configuration.pool == nil)
    }

    @Test func theSaferDefaultsHold() {
        let configuration = AuthFortConfiguration()
        #expect(configuration.rateLimits == RateLimitConfiguration())
        #expect(configuration.multiFactor.isRequiredAfterEmailSignIn)
        #expect(configuration.passwords.maximumBytes == 1024)
        #expect(!configuration.passwords.revealsOtherSignInMethods)
        guard case .disabled = configuration.introspection else {
            Issue.record("introspection is not disabled by default")
            return
        }
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let option: String
        let apply: @Sendable (inout AuthFortConfiguration) -> Void
        var testDescription: String { option }

        init(_ option: String, _ apply: @escaping @Sendable (inout AuthFortConfiguration) -> Void) {
            self.option = option
            self.apply = apply
        }
    }

    static let mistakes = [
        Mistake("tokens.accessTokenLifetime") { $0.tokens.accessTokenLifetime = .zero },
        Mistake("tokens.accessTokenLifetime") { $0.tokens.accessTokenLifetime = .seconds(-900) },
        Mistake("tokens.accessTokenLifetime") { $0.tokens.accessTokenLifetime = .milliseconds(1500) },
        Mistake("tokens.refreshTokenLifetime") { $0.tokens.refreshTokenLifetime = .days(40_000) },
        Mistake("tokens.retiredKeyLifetime") { $0.tokens.retiredKeyLifetime = .zero },
        Mistake("tokens.retiredKeyLifetime") { $0.tokens.retiredKeyLifetime = .minutes(14) },
        Mistake("tokens.issuer") { $0.tokens.issuer = "" },
        Mistake("tokens.issuer") { $0.tokens.issuer = " \t" },
        Mistake("tokens.rsaKeySize") { $0.tokens.rsaKeySize = 1024 },
        Mistake("tokens.rsaKeySize") { $0.tokens.rsaKeySize = 2049 },
        Mistake("tokens.rsaKeySize") { $0.tokens.rsaKeySize = 16_384 },
        Mistake("passwords.minimumLength") { $0.passwords.minimumLength = 0 },
        Mistake("passwords.maximumBytes") { $0.passwords.maximumBytes = 7 },
        Mistake("passwords.historyCount") { $0.passwords.historyCount = -1 },
        Mistake("passwords.resetLifetime") { $0.passwords.resetLifetime = .zero },
        Mistake("passwords.hashingThreads") { $0.passwords.hashingThreads = 0 },
        Mistake("passwords.hashing.memoryKiB") { $0.passwords.hashing.memoryKiB = 31 },
        Mistake("passwords.hashing.memoryKiB") { $0.passwords.hashing.memoryKiB = -64 },
        Mistake("passwords.hashing.memoryKiB") { $0.passwords.hashing.memoryKiB = 3 << 20 },
        Mistake("passwords.hashing.passes") { $0.passwords.hashing.passes = 0 },
        Mistake("passwords.hashing.passes") { $0.passwords.hashing.passes = 129 },
        Mistake("passwords.hashing.parallelism") { $0.passwords.hashing.parallelism = 0 },
        Mistake("passwords.hashing.tagBytes") { $0.passwords.hashing.tagBytes = 15 },
        Mistake("passwords.hashing.saltBytes") { $0.passwords.hashing.saltBytes = 65 },
        Mistake("passwords.breachLookup.timeout") { $0.passwords.breachLookup.timeout = .zero },
        Mistake("passwords.breachLookup.maximumConcurrency") { $0.passwords.breachLookup.maximumConcurrency = 0 },
        Mistake("passwords.breachLookup.cacheLifetime") { $0.passwords.breachLookup.cacheLifetime = .seconds(-1) },
        Mistake("passwords.breachLookup.baseURL") { $0.passwords.breachLookup.baseURL = "api.pwnedpasswords.com" },
        Mistake("email.verificationLifetime") { $0.email.verificationLifetime = .zero },
        Mistake("email.magicLinkLifetime") { $0.email.magicLinkLifetime = .zero },
        Mistake("email.oneTimeCodeLifetime") { $0.email.oneTimeCodeLifetime = .zero },
        Mistake("multiFactor.backupCodeCount") { $0.multiFactor.backupCodeCount = -1 },
        Mistake("multiFactor.maximumFailedAttempts") { $0.multiFactor.maximumFailedAttempts = 0 },
        Mistake("multiFactor.lockoutDuration") { $0.multiFactor.lockoutDuration = .zero },
        Mistake("rateLimits.signIn.count") { $0.rateLimits?.signIn = RateLimit(0, per: .minutes(1)) },
        Mistake("rateLimits.introspection.window") { $0.rateLimits?.introspection = RateLimit(5, per: .zero) },
        Mistake("introspection") { $0.introspection = .secret(Secret("")) },
        Mistake("introspection") { $0.introspection = .secret(Secret("two words")) },
        Mistake("introspection") { $0.introspection = .secret(Secret("schlüssel")) },
        Mistake("email.deliverabilityCheck") { $0.email.deliverabilityCheck = .failOpen },
        Mistake("pool") { $0.pool = PoolConfiguration(maximumSize: 0) },
    ]

    @Test(arguments: mistakes)
    func aMistakeNamesItsOption(_ mistake: Mistake) {
        var configuration = AuthFortConfiguration()
        mistake.apply(&configuration)
        let error = #expect(throws: ConfigurationError.self) { try configuration.validated() }
        #expect(error?.option == mistake.option)
        #expect(error?.description.hasPrefix("\(mistake.option): ") == true)
    }

    @Test func theProblemQuotesTheValueAndWhatIsAllowed() {
        var configuration = AuthFortConfiguration()
        configuration.tokens.rsaKeySize = 1024
        let error = #expect(throws: ConfigurationError.self) { try configuration.validated() }
        #expect(
            error?.description
                == "tokens.rsaKeySize: must be >= 2048 and <= 8192 bits and a multiple of 8, got 1024"
        )
    }

    @Test func boundariesAreAllowed() throws {
        var configuration = AuthFortConfiguration()
        configuration.tokens.accessTokenLifetime = .seconds(1)
        configuration.tokens.retiredKeyLifetime = .seconds(1)
        configuration.tokens.refreshTokenLifetime = .days(36_525)
        configuration.tokens.rsaKeySize = 8192
        configuration.passwords.minimumLength = 1
        configuration.passwords.maximumBytes = 1
        configuration.passwords.hashing.memoryKiB = 32
        configuration.passwords.hashing.passes = 262_144
        configuration.passwords.breachLookup.cacheLifetime = .zero
        configuration.multiFactor.backupCodeCount = 0
        configuration.multiFactor.maximumFailedAttempts = nil
        configuration.introspection = .secret(Secret("x"))
        configuration.rateLimits = nil
        configuration.pool = PoolConfiguration(maximumSize: 1, maximumOverflow: 0, maximumAge: nil)
        _ = try configuration.validated()
    }

    @Test(arguments: [
        ("https://app.example.com", "https://app.example.com"),
        ("https://app.example.com///", "https://app.example.com"),
        ("http://localhost:5173/", "http://localhost:5173"),
        ("https://example.com/base/", "https://example.com/base"),
        ("HTTPS://[::1]:8443", "HTTPS://[::1]:8443"),
        ("", nil),
        ("/", nil),
    ])
    func theFrontEndLosesTrailingSlashes(_ given: String, _ normal: String?) throws {
        var configuration = AuthFortConfiguration()
        configuration.frontendURL = given
        #expect(try configuration.validated().frontendURL == normal)
    }

    @Test(arguments: [
        "app.example.com", "//app.example.com", "ftp://example.com", "javascript:alert(1)", "https://", "https:/a",
        "https://user:secret@example.com", "https://user@example.com", "https://example.com?a=b",
        "https://example.com/#top", "https://exa mple.com", "https://example.com\\@evil.example",
        "https://example.com\n", "https://bücher.example", "https://example.com:port", "https://:443",
    ])
    func aBadFrontEndIsRefusedWithoutQuotingIt(_ url: String) {
        var configuration = AuthFortConfiguration()
        configuration.frontendURL = url
        let error = #expect(throws: ConfigurationError.self) { try configuration.validated() }
        #expect(error?.option == "frontendURL")
        #expect(error?.problem.contains("secret") == false)
    }

    @Test func anEmptyMultiFactorIssuerBecomesNil() throws {
        var configuration = AuthFortConfiguration()
        configuration.multiFactor.issuer = ""
        #expect(try configuration.validated().multiFactor.issuer == nil)
    }

    @Test func printingAConfigurationDoesNotShowItsSecret() {
        var configuration = AuthFortConfiguration()
        configuration.introspection = .secret(Secret("hunter2-hunter2"))
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in [String(describing: configuration), String(reflecting: configuration), dumped] {
            #expect(text.contains("secret"))
            #expect(!text.contains("hunter2"))
        }
    }

    @Test func theErrorAboutABadSecretDoesNotQuoteIt() {
        var configuration = AuthFortConfiguration()
        configuration.introspection = .secret(Secret("hunter 2"))
        let error = #expect(throws: ConfigurationError.self) { try configuration.validated() }
        #expect(error?.description.contains("hunter") == false)
    }
}

import Testing

@testable import AuthFort

@Suite struct SecretTests {
    private let configuration = {
        var configuration = AuthFortConfiguration()
        configuration.introspection = .secret(Secret("hunter2-hunter2"))
        return configuration
    }()

    @Test func revealGivesTheText() {
        #expect(Secret("hunter2").reveal() == "hunter2")
    }

    @Test func printingAConfigurationDoesNotShowIt() {
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in [String(describing: configuration), String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("<redacted>"))
        }
    }

    @Test func noMirrorShowsIt() {
        #expect(Mirror(reflecting: Secret("hunter2")).children.isEmpty)
    }

    @Test func theErrorAboutABadSecretDoesNotQuoteIt() {
        var configuration = AuthFortConfiguration()
        configuration.introspection = .secret(Secret("hunter 2"))
        let error = #expect(throws: ConfigurationError.self) { try configuration.validated() }
        #expect(error?.description.contains("hunter") == false)
    }
}

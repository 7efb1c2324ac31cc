import DialectCore
import Testing

@testable import AuthFort

@Suite struct ConfigurationSecrecyTests {
    private let configuration = {
        var configuration = AuthFortConfiguration()
        configuration.introspection = .secret(Secret("hunter2-hunter2"))
        return configuration
    }()

    @Test func printingAConfigurationDoesNotShowIt() {
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in [String(describing: configuration), String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("***"))
        }
    }

    @Test func theErrorAboutABadSecretDoesNotQuoteIt() {
        var configuration = AuthFortConfiguration()
        configuration.introspection = .secret(Secret("hunter 2"))
        let error = #expect(throws: ConfigurationError.self) { try configuration.validated() }
        #expect(error?.description.contains("hunter") == false)
    }
}

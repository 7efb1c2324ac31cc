import Testing

@testable import AuthFort

@Suite struct CookieConfigurationTests {
    @Test func theDefaultsAreValid() throws {
        let cookie = CookieConfiguration()
        try cookie.validate()
        #expect(cookie.isSecure && cookie.isHTTPOnly && cookie.sameSite == .lax)
        #expect(cookie.path == "/" && cookie.domain == nil)
        #expect(cookie.accessName == "access_token" && cookie.refreshName == "refresh_token")
    }

    struct Case: Sendable {
        let option: String?
        let apply: @Sendable (inout CookieConfiguration) -> Void
    }

    @Test(arguments: [
        Case(option: "cookie.sameSite") {
            $0.sameSite = .none
            $0.isSecure = false
        },
        Case(option: nil) { $0.sameSite = .none },
        Case(option: nil) { $0.isSecure = false },
        Case(option: "cookie.accessName") { $0.accessName = "" },
        Case(option: "cookie.accessName") { $0.accessName = "access;token" },
        Case(option: "cookie.refreshName") { $0.refreshName = "refresh token" },
        Case(option: "cookie.refreshName") { $0.refreshName = "erneuerung\u{e4}" },
        Case(option: "cookie.refreshName") { $0.refreshName = "access_token" },
        Case(option: "cookie.path") { $0.path = "" },
        Case(option: "cookie.path") { $0.path = "auth" },
        Case(option: "cookie.path") { $0.path = "/a;b" },
        Case(option: "cookie.path") { $0.path = "/a\r\nSet-Cookie:x" },
        Case(option: nil) { $0.path = "/auth" },
        Case(option: "cookie.domain") { $0.domain = "" },
        Case(option: "cookie.domain") { $0.domain = "example.com; Secure" },
        Case(option: nil) { $0.domain = ".example.com" },
        Case(option: "cookie.isSecure") {
            $0.accessName = "__Secure-access"
            $0.isSecure = false
        },
        Case(option: "cookie.path") {
            $0.refreshName = "__Host-refresh"
            $0.path = "/auth"
        },
        Case(option: "cookie.domain") {
            $0.refreshName = "__Host-refresh"
            $0.domain = "example.com"
        },
        Case(option: nil) { $0.refreshName = "__Host-refresh" },
    ])
    func aMistakeNamesItsOption(_ example: Case) {
        var configuration = AuthFortConfiguration()
        var cookie = CookieConfiguration()
        example.apply(&cookie)
        configuration.cookie = cookie
        if let option = example.option {
            let error = #expect(throws: ConfigurationError.self) { try configuration.validated() }
            #expect(error?.option == option)
        } else {
            #expect(throws: Never.self) { try configuration.validated() }
        }
    }
}

import Testing

@testable import AuthFort

@Suite struct PasswordPolicyTests {
    private let policy = PasswordPolicy(AuthFortConfiguration.Passwords())

    @Test(arguments: ["", "1234567", "pässwör", String(repeating: "\u{1F511}", count: 7)])
    func fewerCodePointsThanTheMinimumAreTooShort(_ password: String) {
        #expect(policy.problem(with: password) == .tooShort(minimumLength: 8))
    }

    /// One character on screen, eight code points: the Python library counts code points.
    @Test(arguments: ["12345678", "e\u{301}e\u{301}e\u{301}e\u{301}", "        ", String(repeating: "x", count: 1024)])
    func codePointsAreCountedUpToTheMaximum(_ password: String) {
        #expect(policy.problem(with: password) == nil)
    }

    @Test(arguments: [String(repeating: "x", count: 1025), String(repeating: "é", count: 513)])
    func moreBytesThanTheMaximumAreTooLong(_ password: String) {
        #expect(policy.problem(with: password) == .tooLong(maximumBytes: 1024))
    }
}

import Testing

@testable import AuthFort

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        Example("+49 (30) 123-45.67", "+49 (30) 123-45.67"),
        Example("  0123\t456  ", "0123\t456"),
        Example("<b>0123</b>", "0123"),
        Example("0123\u{7F}456", "0123456"),
        Example("&#43;49", "+49"),
        Example("0\u{2003}1", "0\u{2003}1"),
        Example("", nil),
        Example(" <b> ", nil),
    ])
    func numberIsKeptAsItWasGiven(_ example: Example) throws {
        #expect(try spelling(PhoneNumber.normalize(example.text)) == spelling(example.expected))
    }

    @Test(arguments: ["0123 ext 4", "#123", "*123", "٠١٢", "１２３", "1&2", "1\u{A0}2", "1\u{200B}2", "1/2"])
    func otherCharactersAreRefused(_ text: String) {
        #expect(throws: AuthError.phoneInvalid) { try PhoneNumber.normalize(text) }
    }

    @Test func numberHasAtMost50Characters() {
        #expect(throws: Never.self) { try PhoneNumber.normalize(String(repeating: "1", count: 50)) }
        #expect(throws: AuthError.phoneTooLong) { try PhoneNumber.normalize(String(repeating: "1", count: 51)) }
        #expect(throws: AuthError.phoneInvalid) { try PhoneNumber.normalize(String(repeating: "x", count: 51)) }
        #expect(throws: AuthError.phoneTooLong) { try PhoneNumber.normalize(String(repeating: "<b>", count: 2000)) }
    }
}

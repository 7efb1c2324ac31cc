import DialectCore
import Testing

@Suite struct SecretTests {
    @Test(arguments: ["s3cretpw", ""])
    func onlyRevealGivesTheText(_ text: String) {
        let secret = Secret(text)
        #expect(secret.reveal() == text)
        for shown in everyWayToShow(secret) + everyWayToShow([secret]) + everyWayToShow(Optional(secret)) {
            #expect(shown.contains("***"))
            #expect(!shown.contains("s3cretpw"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test func secretsAreComparedByteForByte() {
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a").hashValue == Secret("a").hashValue)
        #expect(Secret("a") != Secret("b"))
        #expect(Secret("\u{E9}") != Secret("e\u{301}"))
    }
}

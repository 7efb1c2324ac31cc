import Testing

@testable import AuthFort

@Suite struct BreachRangeTests {
    private static let first = "0018A45C4D1DEF81644B54AB7F969B88D65"
    private static let second = "00D4F6E8FA6EECAD2A3AA415EEC418D38EC"

    private func contains(_ suffix: String, in body: String) throws -> Bool {
        let range = try #require(BreachRange(Array(body.utf8)))
        return range.contains(try #require(BreachDigest.Suffix(Array(suffix.utf8))))
    }

    @Test(arguments: ["\r\n", "\n", "\r\n\r\n"])
    func linesAreRead(_ lineEnd: String) throws {
        let body = "\(Self.first):1\(lineEnd)\(Self.second.lowercased()):20\(lineEnd)"
        #expect(try contains(Self.first, in: body))
        #expect(try contains(Self.second, in: body))
        #expect(try !contains("F" + Self.second.dropFirst(), in: body))
    }

    @Test(arguments: ["0", "000"])
    func paddingIsNoBreach(_ count: String) throws {
        let body = "\(Self.first):\(count)\r\n\(Self.second):5"
        #expect(try !contains(Self.first, in: body))
        #expect(try contains(Self.second, in: body))
    }

    @Test func anAnswerOfPaddingAloneIsAnAnswer() throws {
        #expect(try !contains(Self.first, in: "\(Self.first):0"))
    }

    @Test func aCountBeyondAnyIntegerIsABreach() throws {
        #expect(try contains(Self.first, in: "\(Self.first):99999999999999999999999"))
    }

    @Test(arguments: [
        "", "\r\n", "<html>Sign in to the hotel network</html>", "{}",
        "\(first)", "\(first):", "\(first):x", "\(first):-1",
        "\(first):1:2", "\(first.dropLast()):1", "\(first):5\n\(second.dropLast(3))", " \(first):5",
    ])
    func anythingElseIsNoAnswer(_ body: String) {
        #expect(BreachRange(Array(body.utf8)) == nil)
    }
}

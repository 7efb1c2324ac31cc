import DialectCore
import Testing

@Suite struct MalformedURLTests {
    @Test(arguments: MalformedURL.all)
    func aMalformedURLGivesAnErrorThatNamesThePartAndWhatToDo(_ malformed: MalformedURL) throws {
        let error = try #require(throws: DatabaseError.self) { try DatabaseURL(malformed.text) }
        #expect(error.code == .invalidURL)
        #expect(error.message.hasPrefix("the URL's \(malformed.part) "))
        #expect(error.message.contains(malformed.advice))
    }

    @Test(arguments: MalformedURL.all.filter { !$0.password.isEmpty })
    func noErrorShowsAnythingOfThePassword(_ malformed: MalformedURL) throws {
        let error = try #require(throws: DatabaseError.self) { try DatabaseURL(malformed.text) }
        var dumped = ""
        dump(error, to: &dumped)
        let shown = [error.message, error.description, error.debugDescription, "\(error)", dumped].joined(
            separator: "\n"
        )
        for fragment in fragments(of: malformed.password) {
            #expect(!shown.contains(fragment))
        }
    }

    /// All pieces of three characters; a longer one contains one of these.
    private func fragments(of password: String) -> [String] {
        let characters = Array(password.unicodeScalars)
        guard characters.count >= 3 else { return [] }
        return (0...(characters.count - 3)).map { start in
            var fragment = String.UnicodeScalarView()
            fragment.append(contentsOf: characters[start..<(start + 3)])
            return String(fragment)
        }
    }
}

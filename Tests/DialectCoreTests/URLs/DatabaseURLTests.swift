import DialectCore
import Testing

@Suite struct DatabaseURLTests {
    @Test(arguments: WellFormedURL.fromSQLAlchemy + WellFormedURL.others)
    func aWellFormedURLHasTheExpectedPartsAndSurvivesTheRoundTrip(_ expected: WellFormedURL) throws {
        let url = try DatabaseURL(expected.text)
        #expect(url.scheme == expected.scheme)
        #expect(url.user == expected.user)
        #expect(url.password?.reveal() == expected.password)
        #expect(url.hosts == expected.hosts)
        #expect(url.host == expected.hosts.first?.name)
        #expect(url.port == expected.hosts.first?.port)
        #expect(url.database == expected.database)
        #expect(url.query == expected.query)

        #expect(url.text(revealingPassword: true) == expected.canonical)
        #expect(try DatabaseURL(expected.canonical) == url)
    }

    @Test(arguments: WellFormedURL.fromSQLAlchemy + WellFormedURL.others)
    func aURLMadeOfItsPartsEqualsTheParsedOne(_ expected: WellFormedURL) throws {
        let made = try DatabaseURL(
            scheme: expected.scheme,
            user: expected.user,
            password: expected.password.map(Secret.init),
            hosts: expected.hosts,
            database: expected.database,
            query: expected.query
        )
        #expect(try made == DatabaseURL(expected.text))
        #expect(try made.hashValue == DatabaseURL(expected.text).hashValue)
    }

    @Test func emptyUserAndDatabaseCountAsNone() throws {
        let url = try DatabaseURL(scheme: "dbtype", user: "", database: "")
        #expect(url.user == nil)
        #expect(url.database == nil)
        #expect(url.description == "dbtype://")
    }

    @Test(arguments: [
        ("dbtype://u:p@h/db", "dbtype://u:q@h/db"),
        ("dbtype://u:p@h/db", "dbtype://u@h/db"),
        ("dbtype://u:@h/db", "dbtype://u@h/db"),
        ("dbtype://h/db?a=1&b=2", "dbtype://h/db?b=2&a=1"),
        ("dbtype://h/db", "dbtype://h:1/db"),
        ("dbtype://a,b", "dbtype://b,a"),
        ("dbtype:///\u{E9}.db", "dbtype:///e\u{301}.db"),
    ])
    func urlsThatDifferInAPartAreNotEqual(_ left: String, _ right: String) throws {
        #expect(try DatabaseURL(left) != DatabaseURL(right))
    }

    @Test(arguments: [
        (DatabaseURL.Host(""), "host"),
        (DatabaseURL.Host("a\0b"), "host"),
        (DatabaseURL.Host("a", port: 0), "port"),
        (DatabaseURL.Host("a", port: -1), "port"),
        (DatabaseURL.Host("a", port: 65536), "port"),
    ])
    func aURLIsNotMadeOfABadHost(_ host: DatabaseURL.Host, _ part: String) throws {
        let error = try #require(throws: DatabaseError.self) { try DatabaseURL(scheme: "dbtype", hosts: [host]) }
        #expect(error.code == .invalidURL)
        #expect(error.message.hasPrefix("the URL's \(part) "))
    }

    @Test func aURLIsNotMadeOfTextThatNoDatabaseAccepts() {
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "") }
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "1db") }
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "db", user: "a\0", hosts: [.init("h")]) }
        #expect(throws: DatabaseError.self) {
            try DatabaseURL(scheme: "db", password: Secret("\0"), hosts: [.init("h")])
        }
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "db", database: "\0") }
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "db", query: ["a\0": "b"]) }
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "db", query: ["a": "\0"]) }
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "db", query: ["": "b"]) }
        #expect(throws: DatabaseError.self) { try DatabaseURL(scheme: "db", user: "u") }
    }
}

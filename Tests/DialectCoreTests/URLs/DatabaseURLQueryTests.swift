import DialectCore
import Testing

@Suite struct DatabaseURLQueryTests {
    private let query: DatabaseURL.Query = ["a": "1", "b": "2", "a": "3"]

    @Test func valuesAreFoundByNameInOrder() {
        #expect(query.first("a") == "1")
        #expect(query.all("a") == ["1", "3"])
        #expect(query.first("c") == nil)
        #expect(query.all("c") == [])
        #expect(query.contains("b"))
        #expect(!query.contains("c"))
        #expect(query.map(\.name) == ["a", "b", "a"])
        #expect(query.count == 3)
        #expect(!query.isEmpty)
        #expect(DatabaseURL.Query().isEmpty)
    }

    @Test func anOptionThatMayBeGivenOnceIsRefusedWhenItIsRepeated() throws {
        #expect(try query.single("b") == "2")
        #expect(try query.single("c") == nil)
        let error = try #require(throws: DatabaseError.self) { try query.single("a") }
        #expect(error.code == .invalidURL)
        #expect(error.message == "the URL's query gives a more than once; give it once")
    }

    @Test func orderMattersForEquality() {
        #expect(query != ["a": "3", "b": "2", "a": "1"])
    }

    @Test(arguments: [
        "password", "sslpassword", "passwd", "PWD", "oauth_client_secret", "access_token", "scram_client_key",
    ])
    func valuesOfSecretOptionsAreNotShown(_ name: String) throws {
        let url = try DatabaseURL("dbtype://h?a=1&\(name)=s3cretpw")
        #expect(url.description == "dbtype://h?a=1&\(name)=***")
        #expect(url.text(revealingPassword: true) == "dbtype://h?a=1&\(name)=s3cretpw")
        #expect(url.query.first(name) == "s3cretpw")
        for shown in everyWayToShow(url.query) + everyWayToShow(Array(url.query)) {
            #expect(!shown.contains("s3cretpw"))
            #expect(shown.contains("***"))
        }
    }
}

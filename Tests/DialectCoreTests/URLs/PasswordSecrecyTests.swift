import DialectCore
import Testing

@Suite struct PasswordSecrecyTests {
    private struct Settings {
        let url: DatabaseURL
    }

    @Test func noWayToShowAURLShowsItsPassword() throws {
        let url = try DatabaseURL("dbtype://user:s3cretpw@host/db")
        let ways = everyWayToShow(url) + everyWayToShow([url]) + everyWayToShow(Optional(url))
        for shown in ways + everyWayToShow(Settings(url: url)) {
            #expect(shown.contains("dbtype://user:***@host/db"))
            #expect(!shown.contains("s3cretpw"))
        }
        #expect(reflected(url).allSatisfy { !$0.contains("s3cretpw") })
    }

    @Test func theEmptyPasswordLooksLikeAnyOther() throws {
        #expect(try DatabaseURL("dbtype://user:@host").description == "dbtype://user:***@host")
        #expect(try DatabaseURL("dbtype://user@host").description == "dbtype://user@host")
    }

    /// Everything that a walk through the mirrors of a value reaches.
    private func reflected(_ value: Any) -> [String] {
        [String(reflecting: value)] + Mirror(reflecting: value).children.flatMap { reflected($0.value) }
    }
}

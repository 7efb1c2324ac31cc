import DialectCore
import Testing

/// The hosts in a query, along SQLAlchemy's own tests of them.
@Suite struct QueryHostsTests {
    @Test(arguments: [
        ("?host=hostA", [Host("hostA")]),
        ("?host=192.168.1.50:5678", [Host("192.168.1.50", port: 5678)]),
        ("?host=hostA&port=111", [Host("hostA", port: 111)]),
        ("?host=hostA&host=hostB&host=hostC", [Host("hostA"), Host("hostB"), Host("hostC")]),
        ("?host=hostA&host=hostB:222", [Host("hostA"), Host("hostB", port: 222)]),
        ("?host=hostA:111&host=hostB:222", [Host("hostA", port: 111), Host("hostB", port: 222)]),
        ("?host=hostA,hostB&port=111,222", [Host("hostA", port: 111), Host("hostB", port: 222)]),
        ("?host=hostA&host=hostB&port=111&port=222", [Host("hostA", port: 111), Host("hostB", port: 222)]),
        ("?host=hostA,hostB,hostC&port=111,,333", [Host("hostA", port: 111), Host("hostB"), Host("hostC", port: 333)]),
        ("?host=hostA,hostB&port=111", [Host("hostA", port: 111), Host("hostB", port: 111)]),
        ("?host=/var/run/db", [Host("/var/run/db")]),
        ("?host=/var/run/db&port=5433", [Host("/var/run/db", port: 5433)]),
        ("?host=/cloudsql/project:region:instance", [Host("/cloudsql/project:region:instance")]),
        ("?host=/cloudsql/project:4567", [Host("/cloudsql/project:4567")]),
        ("?host=%40abstract", [Host("@abstract")]),
        ("?host=::1", [Host("::1")]),
        ("?host=[::1]:5432", [Host("::1", port: 5432)]),
        ("?port=111", []),
    ])
    func hostsComeFromTheQuery(_ query: String, _ hosts: [Host]) throws {
        let url = try DatabaseURL("dbtype://user:pass@/db\(query)")
        #expect(url.hosts == hosts)
        #expect(url.database == "db")
        // The hosts stay where they were written.
        #expect(url.text(revealingPassword: true).hasPrefix("dbtype://user:pass@/db?"))
        #expect(try DatabaseURL(url.text(revealingPassword: true)) == url)
    }

    @Test func hostsOfTheQueryWinOverTheOthers() throws {
        let url = try DatabaseURL("dbtype://fixed:1/db?host=a:2")
        #expect(url.hosts == [Host("a", port: 2)])
        #expect(url.description == "dbtype://fixed:1/db?host=a:2")
    }

    @Test func thePortOfTheQueryIsThatOfTheOtherHosts() throws {
        #expect(try DatabaseURL("dbtype://fixed/db?port=111").hosts == [Host("fixed", port: 111)])
        #expect(try DatabaseURL("dbtype://a,b/db?port=1,2").hosts == [Host("a", port: 1), Host("b", port: 2)])
    }

    typealias Host = DatabaseURL.Host
}

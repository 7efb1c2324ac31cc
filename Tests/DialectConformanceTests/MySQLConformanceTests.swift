#if MySQL
import DialectConformance
import DialectCore
import DialectMySQL
import TestSupport
import Testing

/// The suite on MariaDB, with the dialect as its sessions refine it, and with one database that all cases share.
@Suite(.enabled(if: MariaDBServer.isAvailable)) struct MySQLConformanceTests {
    @Test(arguments: try await ConformanceSuite(.mariaDB().refined()).cases)
    func conforms(_ check: ConformanceCase) async { await check.run() }
}

extension ConformanceTarget {
    fileprivate static func mariaDB() async throws -> ConformanceTarget {
        let server = try await MariaDBServer.shared()
        try await server.query("CREATE DATABASE IF NOT EXISTS conformance")
        var target = ConformanceTarget(MySQLDialect(), url: server.url(database: "conformance"))
        target.slowStatement = "SELECT SLEEP(60)"
        target.killStatement = { victim in
            let session = try await victim.execute("SELECT CONNECTION_ID()").rows.first?.decode(Int.self)
            return "KILL \(unsafe: "\(try #require(session))")"
        }
        target.sessionSetting = SessionSetting(
            change: "SET SESSION max_sort_length = 123",
            read: "SELECT @@max_sort_length"
        )
        target.shortLockWait = .statement("SET SESSION innodb_lock_wait_timeout = 1")
        target.refusedConnections = { accepted in
            [
                RefusedConnection(
                    "the password is wrong",
                    url: try accepted.with(password: "wrong-and-never-shown"),
                    code: .authenticationFailed
                ),
                RefusedConnection(
                    "the database does not exist",
                    url: try accepted.with(database: "no_such_database"),
                    code: .undefinedObject
                ),
            ]
        }
        return target
    }
}
#endif

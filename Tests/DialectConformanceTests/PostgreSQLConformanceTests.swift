#if PostgreSQL
import DialectConformance
import DialectCore
import DialectPostgreSQL
import TestSupport
import Testing

@Suite(.enabled(if: PostgreSQLServer.isAvailable)) struct PostgreSQLConformanceTests {
    @Test(arguments: ConformanceSuite(.postgreSQL).cases)
    func conforms(_ check: ConformanceCase) async { await check.run() }
}

/// Databases for one case after the other: their names do not meet, and making a database takes longer than most cases.
///
/// They go with their server.
private actor IdleDatabases {
    static let shared = IdleDatabases()

    private var idle: [String] = []
    private var count = 0

    func take() async throws -> String {
        if let name = idle.popLast() { return name }
        count += 1
        let name = "conformance_\(count)"
        try await PostgreSQLServer.shared().createDatabase(name)
        return name
    }

    func giveBack(_ name: String) { idle.append(name) }
}

extension ConformanceTarget {
    /// A database that no other case uses at the same time.
    fileprivate static var postgreSQL: ConformanceTarget {
        var target = ConformanceTarget(PostgreSQLDialect()) {
            let name = try await IdleDatabases.shared.take()
            let url = try await PostgreSQLServer.shared().url(database: name)
            return ConformanceDatabase(url: try DatabaseURL(url)) { await IdleDatabases.shared.giveBack(name) }
        }
        target.isServer = true
        target.slowStatement = "SELECT pg_sleep(60)"
        target.killStatement = { victim in
            let session = try await victim.execute("SELECT pg_backend_pid()").rows.first?.decode(Int.self)
            return "SELECT pg_terminate_backend(\(unsafe: "\(try #require(session))"))"
        }
        target.sessionSetting = SessionSetting(change: "SET work_mem = '123kB'", read: "SHOW work_mem")
        target.shortLockWait = .statement("SET lock_timeout = '1s'")
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

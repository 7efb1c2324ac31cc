#if MySQL
import DialectCore
import DialectEngine
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: MariaDBServer.isAvailable), .serialized) struct MySQLNetworkTests {
    private func withProxy<Result>(
        _ options: String = "",
        _ body: (TCPProxy, _ url: String) async throws -> Result
    ) async throws -> Result {
        let server = try await MariaDBServer.shared()
        return try await server.withDatabaseName { name in
            try await TCPProxy.with(target: server.port) { proxy in
                try await body(proxy, server.url(database: name, port: proxy.port) + options)
            }
        }
    }

    @Test(arguments: [TCPProxy.Mode.stall, .trickle(bytesPerSecond: 1), .reset, .reset(afterAnswerBytes: 20_000)])
    func aCallEndsWithinItsTimeoutWhateverTheNetworkDoes(_ mode: TCPProxy.Mode) async throws {
        try await withProxy("?command_timeout=1") { proxy, url in
            try await withConnection(to: url) { connection in
                proxy.mode = mode
                let error = await failure {
                    try await connection.execute("SELECT REPEAT('x', 100) FROM seq_1_to_100000")
                }
                #expect(error?.code == .connectionLost)
                #expect(await failure { try await connection.ping() }?.code == .connectionLost)
                #expect(connection.isLost)
                proxy.mode = .pass
            }
        }
    }

    @Test(arguments: [TCPProxy.Mode.drop, .trickle(bytesPerSecond: 1), .reset])
    func openingASessionEndsWithinItsTimeout(_ mode: TCPProxy.Mode) async throws {
        try await withProxy("?connect_timeout=1") { proxy, url in
            proxy.mode = mode
            #expect(await failure { try await connect(to: url) }?.code == .connectionFailed)
        }
    }

    @Test func theNextHostIsTriedWhenOneCannotBeReached() async throws {
        let server = try await MariaDBServer.shared()
        let free = try LoopbackSocket.freePort()
        let url = "mariadb://\(server.user):\(server.password)@127.0.0.1:\(free),127.0.0.1:\(server.port)/mysql"
        try await withConnection(to: url) { connection in
            let one = try await connection.value("SELECT 1", as: Int.self)
            #expect(one == 1)
        }
        let nowhere = "mariadb://u@127.0.0.1:\(free)/d"
        #expect(await failure { try await connect(to: nowhere) }?.code == .connectionFailed)
        let unknown = "mariadb://u@no-such-host.invalid/d"
        #expect(await failure { try await connect(to: unknown) }?.code == .connectionFailed)
    }

    @Test func aWrongPasswordIsRefusedAndNotShown() async throws {
        let server = try await MariaDBServer.shared()
        let error = await failure {
            try await connect(to: "mysql://\(server.user):wr0ng@127.0.0.1:\(server.port)/mysql")
        }
        #expect(error?.code == .authenticationFailed)
        #expect(error.map { !String(reflecting: $0).contains("wr0ng") } == true)
    }

    @Test func aSocketNeedsNoPort() async throws {
        let server = try await MariaDBServer.shared()
        let url = "mysql://\(server.user):\(server.password)@/mysql?unix_socket=\(server.socket)"
        try await withConnection(to: url) { connection in
            let name = try await connection.value("SELECT SUBSTRING_INDEX(USER(), '@', -1)", as: String.self)
            #expect(name == "localhost")
        }
    }

    @Test func tlsIsUsedAndTheServerIsChecked() async throws {
        let server = try await MariaDBServer.shared()
        let authority = server.certificates.authority
        let other = server.certificates.server
        func cipher(_ options: String) async throws -> String {
            let base = server.url(database: "mysql")
            return try await withConnection(to: base + options) { connection in
                try await connection.execute("SHOW STATUS LIKE 'Ssl_cipher'").rows[0].decode(String.self, at: 1)
            }
        }
        #expect(try await !cipher("?ssl_mode=preferred").isEmpty)
        #expect(try await cipher("?ssl=false").isEmpty)
        #expect(try await !cipher("?ssl_mode=required").isEmpty)
        #expect(try await !cipher("?ssl_ca=\(authority)&ssl_mode=verify_ca").isEmpty)
        #expect(try await !cipher("?ssl_ca=\(authority)").isEmpty)
        for options in ["?ssl_ca=\(other)", "?ssl_ca=\(other)&ssl_mode=verify_ca", "?ssl_mode=verify_identity"] {
            #expect(await failure { try await cipher(options) }?.code == .connectionFailed, "\(options)")
        }
    }

    @Test func killedIdleSessionsAreKnownBeforeTheyAreUsed() async throws {
        try await withDatabase { url in
            let pool = PoolConfiguration(maximumSize: 8, maximumOverflow: 0)
            let engine = try Engine(url: url, configuration: EngineConfiguration(pool: pool))
            try await engine.execute("CREATE TABLE t (n INT)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await engine.execute("SELECT SLEEP(0.05)") } }
                try await group.waitForAll()
            }
            let server = try await MariaDBServer.shared()
            let name = try #require(DatabaseURL(url).database)
            let sessions = try await server.query("SELECT id FROM information_schema.processlist WHERE db = '\(name)'")
            #expect(!sessions.isEmpty)
            for session in sessions.split(separator: "\n") { try await server.query("KILL \(session)") }
            for number in 0..<100 { try await engine.execute("INSERT INTO t VALUES (\(number))") }
            let count = try await engine.execute("SELECT COUNT(*) FROM t").rows[0].decode(Int.self)
            #expect(count == 100)
            await engine.dispose()
        }
    }

    @Test func aSessionThatIsKilledInMidStatementSaysSo() async throws {
        try await withDatabase { url in
            try await withConnection(to: url) { connection in
                let id = try await connection.value("SELECT CONNECTION_ID()", as: Int.self)
                let mark = "mark" + UUID().uuidString.prefix(8)
                async let error = failure { try await connection.execute("SELECT SLEEP(60) AS \(unsafe: mark)") }
                let server = try await MariaDBServer.shared()
                let running =
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%SLEEP%\(mark)%' "
                    + "AND id = \(id)"
                while try await server.query(running) == "0" {}
                try await server.query("KILL \(id)")
                #expect(await error?.code == .connectionLost)
            }
        }
    }

    @Test func aServerThatIsKilledAndStartedAgainIsUsedAgain() async throws {
        try await MariaDBServer.with { server in
            let engine = try Engine(url: server.url(database: "mysql"))
            try await engine.execute("SELECT 1")
            let workers = Task {
                await withTaskGroup(of: Int.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            var failures = 0
                            while !Task.isCancelled {
                                if await failure({ try await engine.execute("SELECT 1") }) != nil {
                                    failures += 1
                                    await Task.yield()
                                }
                            }
                            return failures
                        }
                    }
                    return await group.reduce(0, +)
                }
            }
            try await server.kill()
            try await server.start()
            var last: DatabaseError?
            for _ in 0..<1000 {
                last = await failure { try await engine.execute("SELECT 1") }
                if last == nil { break }
            }
            #expect(last == nil)
            workers.cancel()
            #expect(await workers.value > 0)
            await engine.dispose()
        }
    }
}
#endif

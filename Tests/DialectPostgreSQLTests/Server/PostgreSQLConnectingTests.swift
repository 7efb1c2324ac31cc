#if PostgreSQL
import DialectCore
import DialectEngine
import Foundation
import Logging
import Testing
import TestSupport

@testable import DialectPostgreSQL

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLConnectingTests {
    private func isEncrypted(_ connection: PostgreSQLConnection) async throws -> Bool {
        try await scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", as: Bool.self, connection)
    }

    @Test func tlsIsVerified() async throws {
        let server = try await PostgreSQLServer.shared()
        let root = "sslrootcert=\(server.certificates.authority)"
        let address = "\(server.user):\(server.password)@localhost:\(server.port)/postgres"
        try await withSession("postgresql://\(address)?sslmode=verify-full&\(root)") { connection in
            let hasTLS = try await isEncrypted(connection)
            #expect(hasTLS)
        }
        try await withSession("postgresql://\(address)?ssl=disable") { connection in
            let hasTLS = try await isEncrypted(connection)
            #expect(!hasTLS)
        }
        let stranger = server.certificates.client
        let error = try await failure {
            try await withSession("postgresql://\(address)?sslmode=verify-full&sslrootcert=\(stranger)") { _ in }
        }
        #expect(error.code == .connectionFailed)
    }

    @Test func aClientsCertificateIsShown() async throws {
        let server = try await PostgreSQLServer.shared()
        let files = server.certificates
        _ = try? await server.query("CREATE ROLE \(ThrowAwayCertificates.clientName) LOGIN")
        let url =
            "postgresql://\(ThrowAwayCertificates.clientName)@localhost:\(server.port)/postgres?sslmode=verify-full"
            + "&sslrootcert=\(files.authority)&sslcert=\(files.client)&sslkey=\(files.clientKey)"
        try await withSession(url) { connection in
            let user = try await scalar("SELECT session_user::text", as: String.self, connection)
            #expect(user == ThrowAwayCertificates.clientName)
        }
    }

    @Test func aWrongPasswordIsNotShown() async throws {
        let server = try await PostgreSQLServer.shared()
        let error = try await failure {
            try await withSession("postgresql://\(server.user):hunter2@127.0.0.1:\(server.port)/postgres") { _ in }
        }
        #expect(error.code == .authenticationFailed && error.message.contains("127.0.0.1:\(server.port)"))
        #expect(!String(reflecting: error).contains("hunter2"))
        let none = try await failure {
            try await withSession("postgresql://\(server.user)@127.0.0.1:\(server.port)/postgres") { _ in }
        }
        #expect(none.code == .authenticationFailed)
        let missing = try await failure { try await withSession(server.url(database: "nowhere")) { _ in } }
        #expect(missing.code == .undefinedObject && !missing.isRetryable)
    }

    @Test func aSocketsFolderIsAHost() async throws {
        let server = try await PostgreSQLServer.shared()
        let url = "postgresql://\(server.user):\(server.password)@/postgres?host=\(server.folder)&port=\(server.port)"
        try await withSession(url) { connection in
            let isLocal = try await scalar("SELECT inet_server_addr() IS NULL", as: Bool.self, connection)
            #expect(isLocal)
        }
    }

    @Test func theNextHostIsTried() async throws {
        let server = try await PostgreSQLServer.shared()
        try await TCPProxy.with(target: server.port) { stalled in
            stalled.mode = .stall
            let hosts = "127.0.0.1:1,127.0.0.1:\(stalled.port),localhost:\(server.port)"
            let url = "postgresql://\(server.user):\(server.password)@\(hosts)/postgres?connect_timeout=4"
            try await withSession(url + "&target_session_attrs=read-write") { connection in try await connection.ping()
            }
        }
    }

    @Test func aServerOfTheWrongKindIsPassedOver() async throws {
        let server = try await PostgreSQLServer.shared()
        let address = "127.0.0.1:\(server.port)"
        let url = "postgresql://\(server.user):\(server.password)@\(address),\(address)/postgres?target_session_attrs="
        let error = try await failure { try await withSession(url + "standby") { _ in } }
        #expect(error.code == .connectionFailed)
        try await withSession(url + "prefer-standby") { connection in try await connection.ping() }
    }

    @Test func nobodyAtThePortFailsAtOnce() async throws {
        let error = try await failure { try await withSession("postgresql://a@127.0.0.1:1/x") { _ in } }
        #expect(error.code == .connectionFailed && error.isRetryable)
        let nameless = try await failure { try await withSession("postgresql://a@no-such-host.invalid/x") { _ in } }
        #expect(nameless.code == .connectionFailed && nameless.message.contains("no-such-host.invalid"))
    }

    @Test func twoHundredSessionsTakeNoThreadEach() async throws {
        let server = try await PostgreSQLServer.shared()
        try await withSession(server.url(database: "postgres")) { connection in try await connection.ping() }
        func threads() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
        let before = try threads()
        let url = try DatabaseURL(server.url(database: "postgres"))
        let connector = PostgreSQLConnector(options: try PostgreSQLOptions(url), logger: .init(label: "test"))
        var connections: [PostgreSQLConnection] = []
        for _ in 0..<200 { connections.append(try await connector.open()) }
        for connection in connections { try await connection.ping() }
        // Other tests run beside this one, so some threads may have come: far fewer than one for each session.
        let after = try threads()
        #expect(after - before < 100)
        for connection in connections { await connection.close() }
    }
}

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(10)))
struct PostgreSQLFaultTests {
    @Test func aSessionKilledWhileIdleIsNoticed() async throws {
        let server = try await PostgreSQLServer.shared()
        try await withSession { connection in
            let process = try await scalar("SELECT pg_backend_pid()", as: Int.self, connection)
            try await server.query("SELECT pg_terminate_backend(\(process))")
            try await waitUntil { connection.isLost }
            #expect(try await failure { try await connection.ping() }.code == .connectionLost)
        }
    }

    @Test func aSessionKilledInMidStatementIsLost() async throws {
        let server = try await PostgreSQLServer.shared()
        try await withSession { connection in
            let process = try await scalar("SELECT pg_backend_pid()", as: Int.self, connection)
            let running = Task { try await connection.execute("SELECT pg_sleep(60)") }
            let query = "SELECT count(*) FROM pg_stat_activity WHERE pid = \(process) AND wait_event = 'PgSleep'"
            try await waitUntil { try await server.query(query) == "1" }
            try await server.query("SELECT pg_terminate_backend(\(process))")
            let error = try await failure { try await running.value }
            #expect(error.code == .connectionLost && error.sqlState == "57P01")
        }
    }

    @Test func theEngineGoesOnAfterAllItsIdleSessionsWereKilled() async throws {
        let server = try await PostgreSQLServer.shared()
        try await server.withDatabaseName { name in
            try await Engine.withEngine(url: server.url(database: name)) { engine in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<5 { group.addTask { try await engine.execute("SELECT pg_sleep(0.1)") } }
                    try await group.waitForAll()
                }
                let others = "FROM pg_stat_activity WHERE datname = '\(name)' AND pid <> pg_backend_pid()"
                try await server.query("SELECT pg_terminate_backend(pid) \(others)")
                try await waitUntil { try await server.query("SELECT count(*) \(others)") == "0" }
                // The last words are on their way through the kernel.
                try await Task.sleep(for: .milliseconds(50))
                for number in 0..<100 { try await engine.execute("SELECT \(number)") }
            }
        }
    }

    @Test(arguments: [TCPProxy.Mode.stall, .trickle(bytesPerSecond: 1), .drop, .reset])
    func everyCallEndsWithinItsTime(mode: TCPProxy.Mode) async throws {
        let server = try await PostgreSQLServer.shared()
        try await TCPProxy.with(target: server.port) { proxy in
            let url = server.url(database: "postgres", port: proxy.port) + "?command_timeout=3&connect_timeout=15"
            for call in 0..<4 {
                proxy.mode = .pass
                try await withSession(url) { connection in
                    try await connection.begin(.readWrite)
                    proxy.mode = mode
                    let error = try await failure {
                        switch call {
                        case 0: try await connection.execute("SELECT \("x")")
                        case 1: try await connection.commit()
                        case 2: try await connection.reset()
                        default: try await connection.ping()
                        }
                    }
                    let expected: [DatabaseError.Code] = [.statementTimeout, .connectionLost, .commitOutcomeUnknown]
                    #expect(expected.contains(error.code), "\(error)")
                }
            }
            proxy.mode = mode
            let refused = try await failure { try await withSession(url) { _ in } }
            #expect(refused.code == .connectionFailed)
        }
    }

    @Test(arguments: [ServerStop.fast, .immediate]) func aRestartIsSurvived(mode: ServerStop) async throws {
        try await PostgreSQLServer.with { server in
            try await Engine.withEngine(url: server.url(database: "postgres")) { engine in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            var failures = 0
                            while !Task.isCancelled {
                                do { try await engine.execute("SELECT 1") } catch let error as DatabaseError {
                                    if error.code == .cancelled { break }
                                    #expect(error.isRetryable, "\(error)")
                                    failures += 1
                                }
                            }
                            return failures
                        }
                    }
                    try await server.stop(mode: mode)
                    try await server.start()
                    while true {
                        do {
                            try await engine.execute("SELECT 1")
                            break
                        } catch {}
                    }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }
}
#endif

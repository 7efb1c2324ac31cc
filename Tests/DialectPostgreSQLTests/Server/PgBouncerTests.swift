#if PostgreSQL
import DialectCore
import Foundation
import Logging
import Testing
import TestSupport

@testable import DialectPostgreSQL

/// PgBouncer in transaction mode before the shared server.
private struct PgBouncer {
    static let program = "/usr/sbin/pgbouncer"
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: program) }

    static func with<Result>(_ body: (_ url: String) async throws -> Result) async throws -> Result {
        let server = try await PostgreSQLServer.shared()
        return try await TemporaryDirectory.with { folder in
            let port = Int.random(in: 20_000..<30_000)
            try """
            [databases]
            * = host=127.0.0.1 port=\(server.port) user=\(server.user) password=\(server.password)
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 3
            user = nobody
            """.write(toFile: folder.file("bouncer.ini"), atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file("bouncer.ini"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = ["-q", folder.file("bouncer.ini")]
            try process.run()
            // It would wait for its clients, and has nothing to lose.
            defer { kill(process.processIdentifier, SIGKILL) }
            let url = "postgresql://anybody@127.0.0.1:\(port)/postgres"
            try await waitUntil { (try? await withSession(url) { _ in }) != nil }
            return try await body(url)
        }
    }
}

@Suite(.enabled(if: PostgreSQLServer.isAvailable && PgBouncer.isAvailable), .timeLimit(.minutes(5)))
struct PgBouncerTests {
    @Test func aPoolerIsNoticedAndDoneJusticeTo() async throws {
        try await PgBouncer.with { url in
            let connector = PostgreSQLConnector(
                options: try PostgreSQLOptions(DatabaseURL(url)),
                logger: .init(label: "t")
            )
            var sessions: [PostgreSQLConnection] = []
            for _ in 0..<8 { sessions.append(try await connector.open()) }
            for session in sessions { #expect(await session.isPooled) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for session in sessions {
                    group.addTask {
                        for number in 0..<50 {
                            #expect(try await scalar("SELECT \(number)::int4", as: Int.self, session) == number)
                            try await session.begin(.readWrite)
                            #expect(
                                try await scalar("SELECT \("t\(number)")", as: String.self, session) == "t\(number)"
                            )
                            try await session.commit()
                            try await session.reset()
                        }
                    }
                }
                try await group.waitForAll()
            }
            let first = sessions[0]
            #expect(try await failure { try await first.tryLock("a", for: .session) }.code == .unsupportedFeature)
            #expect(try await failure { try await first.listen(on: "a") }.code == .unsupportedFeature)
            try await first.begin(.readWrite)
            #expect(try await first.tryLock("a", for: .transaction))
            try await first.rollBack()
            let rows = try await first.withRows(of: "SELECT n FROM generate_series(1, 1000) n") { rows in
                try await rows.reduce(0) { count, _ in count + 1 }
            }
            #expect(rows == 1000)
            let sleeping = Task { try await first.execute("SELECT pg_sleep(60)") }
            try await waitUntil { first.control.isRunning }
            sleeping.cancel()
            #expect(try await failure { try await sleeping.value }.code == .cancelled)
            for session in sessions { await session.close() }
            try await withSession(url + "?pgbouncer=false") { session in #expect(await !session.isPooled) }
        }
    }

    @Test func aServerItselfIsNoPooler() async throws {
        try await withSession { session in #expect(await !session.isPooled) }
    }
}
#endif

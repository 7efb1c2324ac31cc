import Testing

@testable import TestSupport

@Suite(.serialized) struct DatabaseServerTests {
    @Test(.enabled(if: PostgreSQLServer.isAvailable)) func postgreSQLRunsStopsAndRuns() async throws {
        try await PostgreSQLServer.with { server in
            try await runsStopsAndRuns(server)
            try await speaksTLS(server, protocol: "postgres")
        }
    }

    @Test(.enabled(if: MariaDBServer.isAvailable)) func mariaDBRunsStopsAndRuns() async throws {
        try await MariaDBServer.with { server in
            try await runsStopsAndRuns(server)
            try await speaksTLS(server, protocol: "mysql")
        }
    }

    @Test(.enabled(if: PgBouncer.isAvailable)) func pgBouncerLeadsToTheServer() async throws {
        let server = try await PostgreSQLServer.shared()
        try await server.withDatabaseName { name in
            try await PgBouncer.with(before: server) { bouncer in
                let answer = try await server.query("SELECT 1", database: name, port: bouncer.port)
                #expect(answer == "1")
            }
        }
    }

    private func runsStopsAndRuns(_ server: some DatabaseServer) async throws {
        try await server.withDatabaseName { name in
            try await server.query("CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2)", database: name)
            for mode in [ServerStop.fast, .immediate] {
                try await server.stop(mode: mode)
                await #expect(throws: ServerFailure.self) { try await server.query("SELECT 1") }
                try await server.start()
                #expect(try await server.query("SELECT a FROM t ORDER BY a", database: name) == "1\n2")
            }
        }
    }

    private func speaksTLS(_ server: some DatabaseServer, protocol name: String) async throws {
        let arguments = [
            "s_client", "-brief", "-starttls", name, "-connect", "127.0.0.1:\(server.port)", "-verify_return_error",
            "-verify_ip", "127.0.0.1",
        ]
        try await ServerPrograms().run("openssl", arguments + ["-CAfile", server.certificates.authority])
        // Only their own authority vouches for them.
        await #expect(throws: ServerFailure.self) { try await ServerPrograms().run("openssl", arguments) }
    }
}

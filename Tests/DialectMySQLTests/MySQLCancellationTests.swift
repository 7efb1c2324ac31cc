#if MySQL
import DialectCore
import DialectEngine
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: MariaDBServer.isAvailable), .serialized) struct MySQLCancellationTests {
    /// Waits until the server runs a statement with this mark.
    private func waitUntilRunning(_ mark: String) async throws {
        let server = try await MariaDBServer.shared()
        while try await server.query(count(mark)) == "0" {}
    }

    private func count(_ mark: String) -> String {
        "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%\(mark)%' AND id <> CONNECTION_ID()"
    }

    @Test func aCancelledStatementIsGoneFromTheServer() async throws {
        try await withConnection { connection in
            let mark = "mark" + UUID().uuidString.prefix(8)
            let task = Task { try await connection.execute("SELECT SLEEP(60) AS \(unsafe: mark)") }
            try await waitUntilRunning(mark)
            let start = ContinuousClock.now
            task.cancel()
            let error = await failure { try await task.value }
            #expect(error?.code == .cancelled)
            #expect(start.duration(to: .now) < .seconds(30))
            #expect(try await MariaDBServer.shared().query(count(mark)) == "0")
            #expect(try await connection.value("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test func aTaskThatIsCancelledAlreadySendsNothing() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (n INT)")
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await connection.execute("INSERT INTO t VALUES (1)")
            }
            #expect(await failure { try await task.value }?.code == .cancelled)
            #expect(try await connection.value("SELECT COUNT(*) FROM t", as: Int.self) == 0)
        }
    }

    @Test func aCancelledStatementLeavesItsTransactionOpen() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (n INT)")
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            let mark = "mark" + UUID().uuidString.prefix(8)
            let task = Task { try await connection.execute("SELECT SLEEP(60) AS \(unsafe: mark)") }
            try await waitUntilRunning(mark)
            task.cancel()
            #expect(await failure { try await task.value }?.code == .cancelled)
            try await connection.commit()
            #expect(try await connection.value("SELECT COUNT(*) FROM t", as: Int.self) == 1)
        }
    }

    /// Cancels at every moment of a short statement; whatever comes of it, the next statement must not feel it.
    @Test func aCancelThatRacesWithTheEndNeverHitsTheNextStatement() async throws {
        let races = Int(ProcessInfo.processInfo.environment["MYSQL_CANCEL_RACES"] ?? "") ?? 200
        try await withConnection { connection in
            var cancelled = 0
            for race in 0..<races {
                let task = Task { try await connection.execute("SELECT SLEEP(0.002)") }
                for _ in 0..<Int.random(in: 0...200) { await Task.yield() }
                task.cancel()
                let error = await failure { try await task.value }
                #expect(error == nil || error?.code == .cancelled)
                if error != nil { cancelled += 1 }
                let value = try await connection.value("SELECT \(race)", as: Int.self)
                #expect(value == race)
            }
            #expect(cancelled > 0)
        }
    }

    @Test func aCancelledCallEndsAlthoughTheNetworkStalls() async throws {
        let server = try await MariaDBServer.shared()
        try await server.withDatabaseName { name in
            try await TCPProxy.with(target: server.port) { proxy in
                try await withConnection(to: server.url(database: name, port: proxy.port)) { connection in
                    proxy.mode = .stall
                    let task = Task { try await connection.execute("SELECT 1") }
                    // Long enough to be waiting for the answer; if not, the call ends all the same.
                    for _ in 0..<1000 { await Task.yield() }
                    task.cancel()
                    #expect(await failure { try await task.value }?.code == .cancelled)
                    proxy.mode = .pass
                }
            }
        }
    }

    @Test func openingASessionCanBeCancelled() async throws {
        let server = try await MariaDBServer.shared()
        try await TCPProxy.with(target: server.port) { proxy in
            proxy.mode = .drop
            let url = server.url(database: "mysql", port: proxy.port)
            let task = Task { try await connect(to: url) }
            while proxy.acceptedCount == 0 { await Task.yield() }
            task.cancel()
            #expect(await failure { try await task.value }?.code == .cancelled)
        }
    }
}
#endif

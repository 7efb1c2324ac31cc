#if PostgreSQL
import DialectCore
import DialectEngine
import Foundation
import Testing
import TestSupport

@testable import DialectPostgreSQL

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(10)))
struct PostgreSQLCancellationTests {
    @Test func aCancelledStatementEndsOnTheServer() async throws {
        let server = try await PostgreSQLServer.shared()
        try await withSession { connection in
            let process = try await scalar("SELECT pg_backend_pid()", as: Int.self, connection)
            let running = Task { try await connection.execute("SELECT pg_sleep(60)") }
            let state = "SELECT count(*) FROM pg_stat_activity WHERE pid = \(process) AND wait_event = 'PgSleep'"
            try await waitUntil { try await server.query(state) == "1" }
            running.cancel()
            #expect(try await failure { try await running.value }.code == .cancelled)
            #expect(try await server.query(state) == "0")
            #expect(try await scalar("SELECT 5", as: Int.self, connection) == 5)
        }
    }

    @Test func aTimeoutEndsOnTheServer() async throws {
        try await withSession(options: "?command_timeout=0.2") { connection in
            let error = try await failure { try await connection.execute("SELECT pg_sleep(60)") }
            #expect(error.code == .statementTimeout)
            #expect(try await scalar("SELECT 5", as: Int.self, connection) == 5)
        }
    }

    @Test func aCancelledTaskRunsNothing() async throws {
        try await withSession { connection in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await connection.execute("CREATE TABLE t (a int4)")
            }
            #expect(try await failure { try await task.value }.code == .cancelled)
            _ = try await failure { try await connection.execute("SELECT * FROM t") }
        }
    }

    @Test func cleaningUpIsNotCancelled() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int4)")
            try await Task {
                try await connection.begin(.readWrite)
                try await connection.savepoint(.set("a"))
                try await connection.execute("INSERT INTO t VALUES (1)")
                withUnsafeCurrentTask { $0?.cancel() }
                try await connection.savepoint(.release("a"))
                try await connection.commit()
                try await connection.reset()
            }.value
            #expect(try await scalar("SELECT count(*) FROM t", as: Int.self, connection) == 1)
        }
    }

    /// `CANCEL_RACES` sets the number.
    @Test func aCancellationNeverHitsTheNextStatement() async throws {
        let count = ProcessInfo.processInfo.environment["CANCEL_RACES"].flatMap(Int.init) ?? 10_000
        let cancelled = try await PostgreSQLServer.shared().withDatabase { url in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await withSession(url) { try await race(count / 8, on: $0) } } }
                return try await group.reduce(0, +)
            }
        }
        #expect(cancelled > 0)
    }

    /// Cancels statements at about the time of their end; returns how many were cancelled.
    private func race(_ count: Int, on connection: PostgreSQLConnection) async throws -> Int {
        var cancelled = 0
        for round in 0..<count {
            let running = Task { try await connection.execute("SELECT pg_sleep(\(Double(round % 10) / 10_000))") }
            // The race is between these two moments, so a delay that varies is its point.
            try await Task.sleep(for: .microseconds(Int.random(in: 0...1500)))
            running.cancel()
            do { _ = try await running.value } catch let error as DatabaseError {
                #expect(error.code == .cancelled)
                cancelled += 1
            }
            #expect(try await scalar("SELECT \(round)", as: Int.self, connection) == round)
        }
        return cancelled
    }

    @Test func aServerThatDoesNotAnswerTheCancelIsGivenUp() async throws {
        let server = try await PostgreSQLServer.shared()
        try await TCPProxy.with(target: server.port) { proxy in
            try await withSession(server.url(database: "postgres", port: proxy.port)) { connection in
                let running = Task { try await connection.execute("SELECT pg_sleep(1000)") }
                try await waitUntil { connection.control.isRunning }
                proxy.mode = .stall
                running.cancel()
                #expect(try await failure { try await running.value }.code == .cancelled)
                #expect(try await failure { try await connection.ping() }.code == .connectionLost)
            }
        }
        try await server.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1000)%' AND pid <> pg_backend_pid()"
        )
    }

    @Test func openingIsCancelled() async throws {
        let server = try await PostgreSQLServer.shared()
        try await TCPProxy.with(target: server.port) { proxy in
            proxy.mode = .stall
            let url = server.url(database: "postgres", port: proxy.port)
            let opening = Task { try await withSession(url) { _ in } }
            try await waitUntil { proxy.acceptedCount > 0 }
            opening.cancel()
            #expect(try await failure { try await opening.value }.code == .cancelled)
        }
    }
}
#endif

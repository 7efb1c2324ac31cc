#if MySQL
import DialectCore
import Foundation
import TestSupport
import Testing

/// Many sessions on the few threads that all of a program's sessions share.
///
/// Without TLS: many sessions with it were seen to stand still, which is not understood yet. Put "required" here to try.
@Suite(.enabled(if: MariaDBServer.isAvailable), .serialized) struct MySQLSharedReactorTests {
    private static let modes = ["disabled"]

    private func connect(_ count: Int, to url: String, _ mode: String) async throws -> [any Connection] {
        var sessions: [any Connection] = []
        for _ in 0..<count { sessions.append(try await DialectMySQLTests.connect(to: url + "?ssl_mode=\(mode)")) }
        return sessions
    }

    private func close(_ sessions: [any Connection]) async {
        for session in sessions { await session.close() }
    }

    @Test(arguments: modes) func sessionsAddNoThreads(_ mode: String) async throws {
        try await withDatabase { url in
            func threads() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
            }
            var sessions = try await connect(1, to: url, mode)
            let before = try threads()
            sessions += try await connect(200, to: url, mode)
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for (number, session) in sessions.enumerated() {
                    group.addTask { try await session.value("SELECT \(number) + SLEEP(0.2)", as: Int.self) }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == sessions.indices.reduce(0, +))
            // Each opening has a thread for a moment, and other tests run at the same time and may start some.
            let end = ContinuousClock.now + .seconds(60)
            while try threads() >= before + 40, .now < end { await Task.yield() }
            #expect(try threads() < before + 40)
            await close(sessions)
        }
    }

    @Test(arguments: modes) func answersOfEverySizeComeWhole(_ mode: String) async throws {
        try await withDatabase { url in
            let sessions = try await connect(16, to: url, mode)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for session in sessions {
                    group.addTask {
                        for size in [0, 1, 250, 251, 4_000, 16_384, 70_000, 1_000_000, 17_000_000, 3] {
                            let text = String(repeating: "x", count: size / 2)
                            let answer = try await session.value(
                                "SELECT CONCAT(\(text), REPEAT('y', \(size - size / 2)))",
                                as: String?.self
                            )
                            // The server gives no more than a packet's worth.
                            #expect(answer == nil ? size > 16_000_000 : answer?.utf8.count == size)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await close(sessions)
        }
    }

    @Test(arguments: modes) func sessionsThatBreakDisturbNoOthers(_ mode: String) async throws {
        let server = try await MariaDBServer.shared()
        try await server.withDatabaseName { name in
            let url = server.url(database: name, port: nil)
            try await TCPProxy.with(target: server.port) { proxy in
                let breaking = try await connect(16, to: server.url(database: name, port: proxy.port), mode)
                var others = try await connect(16, to: url, mode)
                let workers = others.map { session in
                    Task {
                        var rounds = 0
                        while !Task.isCancelled {
                            let round = rounds
                            let answer = try await session.value("SELECT \(round)", as: Int.self)
                            #expect(answer == round)
                            rounds += 1
                        }
                        return rounds
                    }
                }
                let waiting = breaking.map { session in
                    Task { await failure { try await session.execute("SELECT SLEEP(60)") } }
                }
                let running =
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE db = '\(name)' AND info LIKE '%SLEEP(60)'"
                while try await server.query(running) != "16" {}
                proxy.mode = .reset
                // The new sessions get the numbers of the sockets that broke.
                let new = try await connect(32, to: url, mode)
                for task in waiting { #expect(await task.value?.code == .connectionLost) }
                others += new + (try await connect(16, to: url, mode))
                for worker in workers { worker.cancel() }
                for worker in workers {
                    do {
                        #expect(try await worker.value > 0)
                    } catch let error as DatabaseError {
                        #expect(error.code == .cancelled)
                    }
                }
                for (number, session) in others.enumerated() {
                    #expect(try await session.value("SELECT \(number)", as: Int.self) == number)
                }
                await close(breaking + others)
            }
        }
    }
}
#endif

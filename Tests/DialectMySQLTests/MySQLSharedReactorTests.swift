#if MySQL
import DialectCore
import Foundation
import TestSupport
import Testing

/// Many sessions on the few threads that all of a program's sessions share.
@Suite(.enabled(if: MariaDBServer.isAvailable), .serialized) struct MySQLSharedReactorTests {
    private static let modes = ["disabled", "required", "verify_ca"]

    private func connect(_ count: Int, to url: String, _ mode: String) async throws -> [any Connection] {
        let url = url + (try await options(mode))
        var sessions: [any Connection] = []
        for _ in 0..<count { sessions.append(try await DialectMySQLTests.connect(to: url)) }
        return sessions
    }

    private func options(_ mode: String) async throws -> String {
        let authority = try await MariaDBServer.shared().certificates.authority
        // Where the system's authorities are in one file, libmariadb reads it for one session after the other.
        return "?connect_timeout=60&ssl_mode=\(mode)" + (mode == "verify_ca" ? "&ssl_ca=\(authority)" : "")
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

    /// Everything that many sessions can do at once.
    ///
    /// `MYSQL_STORM_ROUNDS` makes it longer.
    @Test(arguments: modes) func manySessionsGoOnInAStorm(_ mode: String) async throws {
        let rounds = Int(ProcessInfo.processInfo.environment["MYSQL_STORM_ROUNDS"] ?? "") ?? 1
        let options = try await options(mode)
        try await withDatabase { url in
            _ = try await withConnection(to: url) {
                try await $0.execute("CREATE TABLE t (n INT PRIMARY KEY, data LONGBLOB)")
            }
            let lasting = try await withThrowingTaskGroup(of: Int.self) { group in
                // Without an authority of its own a session takes long to open, and to be killed for.
                for number in 0..<(mode == "required" ? 16 : 64) {
                    group.addTask {
                        var lasting = 0
                        for round in 0..<rounds {
                            let lasts = try await withConnection(to: url + options) {
                                try await storm(number, round, $0)
                                return !$0.isLost
                            }
                            if lasts { lasting += 1 }
                        }
                        return lasting
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(lasting > 0)
        }
    }

    /// A busy machine may take longer than a kill may; then the session is given up, and the storm is over for it.
    private func storm(_ number: Int, _ round: Int, _ session: any Connection) async throws {
        for value in 0..<50 {
            let answer = try await session.value("SELECT \(value) + \(number)", as: Int.self)
            #expect(answer == value + number)
        }
        // More than the buffers of a socket hold, both ways.
        let data = [UInt8](repeating: UInt8(number), count: 1_000_000) + [UInt8(truncatingIfNeeded: round)]
        try await session.execute("REPLACE INTO t VALUES (\(number), \(data))")
        let kept = try await session.value("SELECT data FROM t WHERE n = \(number)", as: [UInt8].self)
        #expect(kept == data)
        let stream = try #require(session as? any RowStreaming)
        for wanted in [5_000, 10] {
            let cursor = try await stream.openCursor("SELECT seq, REPEAT('x', 100) FROM seq_1_to_5000")
            var count = 0
            while count < wanted, let rows = try await cursor.nextBatch(limit: 500) { count += rows.count }
            await cursor.close()
            #expect(count >= wanted)
        }
        if session.isLost { return }
        let task = Task { try await session.execute("SELECT SLEEP(60)") }
        for _ in 0..<Int.random(in: 0...500) { await Task.yield() }
        task.cancel()
        #expect(await failure { try await task.value }?.code == .cancelled)
        if session.isLost { return }
        let answer = try await session.value("SELECT \(round)", as: Int.self)
        #expect(answer == round)
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
                // A busy machine may take longer than a kill may, and then the session is given up.
                for (number, session) in others.enumerated() where number >= workers.count || !session.isLost {
                    #expect(try await session.value("SELECT \(number)", as: Int.self) == number)
                }
                await close(breaking + others)
            }
        }
    }
}
#endif

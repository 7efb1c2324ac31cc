#if SQLite
import DialectCore
import DialectEngine
import TestSupport
import Testing

@Suite struct WriterTurnTests {
    @Test func writersThatWaitKeepNoConnectionFromReaders() async throws {
        try await withEngine(size: 2) { engine in
            try await engine.withTransaction { writer in
                try await writer.execute("INSERT INTO entries VALUES (0)")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for id in 1...20 {
                        group.addTask { try await insert(id, engine) }
                    }
                    // The second connection is there for each of them, however many want to write.
                    for _ in 0..<50 {
                        let seen = try await count(engine)
                        #expect(seen == 0)
                    }
                    #expect(engine.poolStatistics.waiting == 0)
                    try await writer.execute("INSERT INTO entries VALUES (21)")
                    group.cancelAll()
                    while let result = await group.nextResult() {
                        #expect(throws: DatabaseError.self) { try result.get() }
                    }
                }
            }
            let left = try await count(engine)
            #expect(left == 2)
        }
    }

    @Test func aTaskThatHasAConnectionDoesNotStandInLineForTheTurn() async throws {
        try await withEngine(size: 2, options: "?writer_timeout=0.2") { engine in
            try await engine.withTransaction { _ in
                // In line it would wait behind its own transaction, as its statement does here.
                let error = await #expect(throws: DatabaseError.self) {
                    try await insert(1, engine)
                }
                #expect(error?.code == .lockTimeout)
                #expect(engine.poolStatistics.total == 2)
            }
        }
    }

    @Test func aWriterWhoseTurnDoesNotComeIsToldWhoHasIt() async throws {
        try await withEngine(size: 2, options: "?writer_timeout=0.2") { engine in
            try await engine.withTransaction { _ in
                let waiting = Task { try await insert(1, engine) }
                let error = await #expect(throws: DatabaseError.self) { try await waiting.value }
                #expect(error?.code == .lockTimeout)
                #expect(error?.message.contains("writer_timeout") ?? false)
                #expect(engine.poolStatistics.total == 1)
            }
            try await insert(1, engine)
        }
    }

    @Test func readingTransactionsDoNotWaitForATurn() async throws {
        try await withEngine(size: 2) { engine in
            try await engine.withTransaction { _ in
                let reading = Task {
                    try await engine.withTransaction(.readOnly) { connection in
                        try await connection.execute("SELECT count(*) FROM entries").rows.first?.decode(Int.self)
                    }
                }
                let count = try await reading.value
                #expect(count == 0)
            }
        }
    }

    private func count(_ engine: Engine) async throws -> Int? {
        try await engine.execute("SELECT count(*) FROM entries").rows.first?.decode(Int.self)
    }

    private func insert(_ id: Int, _ engine: Engine) async throws {
        try await engine.withTransaction { connection in
            _ = try await connection.execute("INSERT INTO entries VALUES (\(id))")
        }
    }

    private func withEngine(size: Int, options: String = "", _ body: (Engine) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            try await Engine.withEngine(
                url: "sqlite:///\(directory.file("turns.db"))\(options)",
                configuration: EngineConfiguration(pool: PoolConfiguration(maximumSize: size, maximumOverflow: 0))
            ) { engine in
                try await engine.execute("CREATE TABLE entries (id INTEGER)")
                try await body(engine)
            }
        }
    }
}
#endif

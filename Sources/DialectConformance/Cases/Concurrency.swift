internal import DialectCore
internal import DialectEngine
internal import Testing

extension ConformanceSuite {
    /// Many sessions at once.
    static let concurrency: [CaseDefinition] = [
        CaseDefinition("concurrency.noIncrementIsLost") { trial in
            let table = try await trial.makeCounters([1], on: trial.connect())
            try await trial.inParallel(8) { _ in
                let connection = try await trial.connect()
                for _ in 0..<20 {
                    try await trial.retrying {
                        try await connection.execute(
                            "UPDATE \(identifier: table) SET amount = amount + 1 WHERE id = \(1)"
                        )
                    }
                }
            }
            let amount = try await trial.amount(of: 1, in: table, on: trial.connect())
            trial.expectEqual(amount, 160, "The sum of 160 increments")
        },
        CaseDefinition("concurrency.transactionsOfManySessionsAllCount") { trial in
            let table = try await trial.makeCounters([1, 2], on: trial.connect())
            try await trial.inParallel(6) { _ in
                let connection = try await trial.connect()
                for _ in 0..<10 {
                    try await trial.retrying {
                        try await connection.begin(.readWrite)
                        do {
                            try await connection.execute(
                                "UPDATE \(identifier: table) SET amount = amount - 1 WHERE id = 1"
                            )
                            try await connection.execute(
                                "UPDATE \(identifier: table) SET amount = amount + 1 WHERE id = 2"
                            )
                            try await connection.commit()
                        } catch {
                            try await connection.rollBack()
                            throw error
                        }
                    }
                }
            }
            let connection = try await trial.connect()
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), -60, "What was taken")
            trial.expectEqual(try await trial.amount(of: 2, in: table, on: connection), 60, "What was given")
        },
        CaseDefinition("concurrency.sessionsDoNotMixTheirResults") { trial in
            let digits = try await trial.makeDigits(on: trial.connect())
            try await trial.inParallel(8) { worker in
                let connection = try await trial.connect()
                for round in 0..<20 {
                    let mine = worker * 1000 + round
                    let row = try await connection.execute(
                        "SELECT n + \(mine), n FROM \(identifier: digits) WHERE n = \(worker)"
                    ).rows.first
                    trial.expectEqual(try row?.decode(Int.self, at: 0), mine + worker, "A worker's own sum")
                    trial.expectEqual(try row?.decode(Int.self, at: 1), worker, "A worker's own digit")
                }
            }
        },
        CaseDefinition("concurrency.anEngineSharesSessionsAmongTasks") { trial in
            let table = try await trial.makeCounters([1], on: trial.connect())
            try await trial.withEngine(sessions: 3) { engine in
                try await trial.inParallel(12) { _ in
                    for _ in 0..<10 {
                        try await trial.retrying {
                            try await engine.withTransaction { connection in
                                try await connection.execute(
                                    "UPDATE \(identifier: table) SET amount = amount + 1 WHERE id = 1"
                                )
                            }
                        }
                    }
                }
            }
            trial.expectEqual(
                try await trial.amount(of: 1, in: table, on: trial.connect()),
                120,
                "The sum of 120 increments"
            )
        },
    ]
}

extension Trial {
    /// Runs `body` in so many tasks at once, and fails with the first error.
    func inParallel(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<count { group.addTask { try await body(worker) } }
            try await group.waitForAll()
        }
    }

    /// Runs a transaction again while its error says that this may help.
    func retrying<Value>(_ body: () async throws -> Value) async throws {
        for _ in 0..<99 {
            do {
                _ = try await body()
                return
            } catch {
                guard let error = error as? DatabaseError, error.isRetryable else { throw error }
                await Task.yield()
            }
        }
        _ = try await body()
    }

    /// An engine on the trial's database.
    func withEngine(sessions: Int, _ body: (Engine) async throws -> Void) async throws {
        var pool = dialect.poolDefaults(for: url)
        pool.minimumSize = min(pool.minimumSize, sessions)
        pool.maximumSize = sessions
        pool.maximumOverflow = 0
        pool.pingAfterIdle = .zero
        try await Engine.withEngine(
            url: url,
            registry: DialectRegistry([type(of: dialect)]),
            configuration: EngineConfiguration(pool: pool),
            logger: Self.logger,
            body
        )
    }
}

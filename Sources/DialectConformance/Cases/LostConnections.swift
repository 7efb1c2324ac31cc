internal import DialectCore
internal import DialectEngine
internal import Testing

extension ConformanceSuite {
    /// Sessions that the database ended.
    static let lostConnections: [CaseDefinition] = [
        CaseDefinition("lostConnections.anIdleOneIsFound", where: { $0.killStatement != nil }) { trial in
            let killer = try await trial.connect()
            for call in ["statement", "ping"] {
                let victim = try await trial.connect()
                try await trial.kill(victim, by: killer)
                let error = await trial.expectError(.connectionLost, from: "A \(call) on a killed session") {
                    if call == "ping" { try await victim.ping() } else { try await victim.execute("SELECT 1") }
                }
                trial.expect(error?.isRetryable ?? true, "A lost session is not called retryable.")
                await trial.expectError(.connectionLost, .connectionClosed, from: "A later statement") {
                    try await victim.execute("SELECT 1")
                }
                await victim.close()
            }
        },
        CaseDefinition("lostConnections.oneIsFoundWhileAStatementRuns", where: { $0.killStatement != nil }) { trial in
            let (killer, victim) = (try await trial.connect(), try await trial.connect())
            let slow = try await trial.slowStatement(on: killer)
            let kill = try await trial.killing(victim)
            let task = Task { await outcome { () async throws(DatabaseError) in try await victim.execute(slow) } }
            await trial.pause()
            _ = try? await killer.execute(kill)
            trial.expectEqual(
                await task.value.code,
                .connectionLost,
                "The code of a statement whose session was killed"
            )
        },
        CaseDefinition("lostConnections.aTransactionIsGoneWithItsSession", where: { $0.killStatement != nil }) {
            trial in
            let (killer, victim) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([], on: killer)
            let kill = try await trial.killing(victim)
            try await victim.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: victim)
            _ = try? await killer.execute(kill)
            await trial.expectError(.connectionLost, .commitOutcomeUnknown, from: "The commit of a killed session") {
                try await victim.commit()
            }
            try await trial.insert(1, 2, into: table, on: killer)
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: killer), 2, "What is there in the end")
        },
        CaseDefinition("lostConnections.anEngineGoesOn", where: { $0.killStatement != nil }) { trial in
            let killer = try await trial.connect()
            guard let killing = trial.target.killStatement else { return }
            try await trial.withEngine(sessions: 1) { engine in
                try await engine.withConnection { connection in
                    _ = try await killer.execute(try await killing(connection))
                    _ = try? await connection.execute("SELECT 1")
                }
                for _ in 0..<5 {
                    let answer = try await engine.execute("SELECT 40 + 2").rows.first?.decode(Int.self)
                    trial.expectEqual(answer, 42, "What the engine answers after the loss")
                }
            }
        },
    ]
}

extension Trial {
    /// The statement that ends a session.
    fileprivate func killing(_ victim: any Connection) async throws -> Statement {
        guard let kill = target.killStatement else {
            throw DatabaseError(.unsupportedFeature, "Nothing kills a session.")
        }
        return try await kill(victim)
    }

    /// Ends a session from another one.
    fileprivate func kill(_ victim: any Connection, by killer: any Connection) async throws {
        try await killer.execute(try await killing(victim))
        // The answer may come before the end.
        await pause(.milliseconds(200))
    }
}

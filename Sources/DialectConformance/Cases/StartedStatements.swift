internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Statements that somebody else starts than the task that wants the result.
    static let startedStatements: [CaseDefinition] = [
        CaseDefinition("startedStatements.giveWhatOthersGive", needs: [.statementStarting]) { trial in
            let connection = try await trial.startingConnection()
            let table = try await trial.makeCounters([1, 2, 3], on: connection)
            let read: Statement = "SELECT id FROM \(identifier: table) WHERE id > \(1) ORDER BY id"
            // The first run of a statement is often another one than those that follow.
            for _ in 0..<3 {
                let ids = try await trial.run(read, on: connection).get().rows.map { try $0.decode(Int.self) }
                trial.expectEqual(ids, [2, 3], "What a started statement reads")
                let add: Statement = "UPDATE \(identifier: table) SET amount = amount + 1 WHERE id < \(3)"
                trial.expectEqual(try await trial.run(add, on: connection).get().affectedRows, 2, "Rows it changes")
            }
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), 3, "The value in the end")
        },
        CaseDefinition("startedStatements.failAsOthersDo", needs: [.statementStarting]) { trial in
            let connection = try await trial.startingConnection()
            let table = try await trial.makeCounters([1], on: connection)
            let insert: Statement = "INSERT INTO \(identifier: table) (id, amount) VALUES (\(1), \(1))"
            for _ in 0..<3 {
                let result = await trial.run(insert, on: connection)
                trial.expectEqual(result.code, .uniqueViolation, "The code of a started statement")
                await trial.expectUsable(connection, after: "a started statement failed")
            }
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows in the end")
        },
        CaseDefinition("startedStatements.areCancelled", needs: [.statementStarting]) { trial in
            let connection = try await trial.startingConnection()
            let slow = try await trial.slowStatement(on: connection)
            for round in 0..<3 {
                let run = try connection.makeRun(of: slow)
                let begin = ContinuousClock.now
                let task = Task { await trial.end(of: run) }
                // Once before it has begun, perhaps.
                if round > 0 { await trial.pause() }
                run.cancel()
                // Where the rest took a task, this ends it.
                task.cancel()
                trial.expectEqual(await task.value.code, .cancelled, "The code of a cancelled run")
                trial.expect(ContinuousClock.now - begin < .seconds(5), "A cancelled run went on.")
                await trial.expectUsable(connection, after: "a cancelled run")
            }
        },
        CaseDefinition("startedStatements.areNotCancelledAfterTheirEnd", needs: [.statementStarting]) { trial in
            let connection = try await trial.startingConnection()
            for number in 0..<100 {
                let run = try connection.makeRun(of: "SELECT \(number) + 0")
                let first = try await trial.end(of: run).get().rows.first?.decode(Int.self)
                trial.expectEqual(first, number, "What a started statement reads")
                async let late: Void = run.cancel()
                let second = await trial.run("SELECT \(number) + 1", on: connection)
                await late
                trial.expect(second.isSuccess, "A late cancellation hit the next statement: \(second)")
            }
        },
        CaseDefinition("startedStatements.mayBeStartedFromTheEndOfAnother", needs: [.statementStarting]) { trial in
            let connection = try await trial.startingConnection()
            let statement: Statement = "SELECT \(1) + 1"
            // Whatever has to be prepared is.
            _ = try await connection.execute(statement)
            let second = try connection.makeRun(of: statement)
            let first = try connection.makeRun(of: statement)
            let results = await withCheckedContinuation { (done: CheckedContinuation<[StatementEnd], Never>) in
                first.start { one in
                    second.start { two in { done.resume(returning: [one, two]) } }
                    return nil
                }
            }
            for (run, result) in zip([first, second], results) {
                let sum = try await trial.finish(run, after: result).get().rows.first?.decode(Int.self)
                trial.expectEqual(sum, 2, "What each of them reads")
            }
        },
        CaseDefinition("features.statementStartingIsAbsent", absent: .statementStarting) { trial in
            trial.expect(
                !(try await trial.connect() is any StatementStarting),
                "Statements can be started; declare 'statementStarting'."
            )
        },
    ]
}

private typealias StatementEnd = Result<StatementResult, DatabaseError>?

extension Trial {
    fileprivate func startingConnection() async throws -> any StatementStarting {
        try capability((any StatementStarting).self, of: try await connect())
    }

    /// Starts a statement from another thread than the connection's, and returns how it ended.
    fileprivate func run(
        _ statement: Statement,
        on connection: any StatementStarting
    ) async -> Result<StatementResult, DatabaseError> {
        await outcome { () async throws(DatabaseError) in
            try await end(of: connection.makeRun(of: statement)).get()
        }
    }

    fileprivate func end(of run: any StatementRun) async -> Result<StatementResult, DatabaseError> {
        let end = await withCheckedContinuation { (done: CheckedContinuation<StatementEnd, Never>) in
            run.start { end in { done.resume(returning: end) } }
        }
        return await finish(run, after: end)
    }

    fileprivate func finish(
        _ run: any StatementRun,
        after end: StatementEnd
    ) async -> Result<StatementResult, DatabaseError> {
        if let end { return end }
        return await outcome { () async throws(DatabaseError) in try await run.finish() }
    }
}

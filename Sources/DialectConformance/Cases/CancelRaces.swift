internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Cancelling at a moment that nobody chose.
    static let cancelRaces: [CaseDefinition] = [
        CaseDefinition("cancelling.neverDisturbsTheNextStatement") { trial in
            let connection = try await trial.connect()
            let digits = try await trial.makeDigits(on: connection)
            let counting: Statement = "SELECT COUNT(*) FROM (\(trial.numbers(3, from: digits))) x"
            for round in 0..<300 {
                let task = Task {
                    await outcome { () async throws(DatabaseError) in
                        try await trial.value(counting, as: Int.self, on: connection)
                    }
                }
                for _ in 0..<round % 60 { await Task.yield() }
                task.cancel()
                switch await task.value {
                case .success(let count): trial.expectEqual(count, 1000, "The result of a statement cancelled too late")
                case .failure(let error): trial.expectEqual(error.code, .cancelled, "The code of a cancelled statement")
                }
                let next: Int = try await trial.value("SELECT \(unsafe: String(round)) + 1", on: connection)
                guard next == round + 1 else {
                    return trial.expectEqual(next, round + 1, "The statement after round \(round)")
                }
            }
        },
        CaseDefinition("cancelling.givesAllOfAStatementOrNothing") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            var successes = 0
            for round in 0..<100 {
                let task = Task {
                    await outcome { () async throws(DatabaseError) in
                        try await connection.execute("UPDATE \(identifier: table) SET amount = amount + 1 WHERE id = 1")
                    }
                }
                for _ in 0..<round % 30 { await Task.yield() }
                task.cancel()
                let result = await task.value
                if result.isSuccess {
                    successes += 1
                } else {
                    trial.expectEqual(result.code, .cancelled, "The code of a cancelled update")
                }
                let amount = try await trial.amount(of: 1, in: table, on: connection)
                // A cancel may come after the work was done and before its answer.
                trial.expect(amount >= successes, "An update that succeeded is not there: the amount is \(amount).")
                trial.expect(amount <= round + 1, "\(round + 1) updates made the amount \(amount).")
            }
        },
        CaseDefinition("cancelling.atAnyMomentOfATransactionLeavesAllOrNothing") { trial in
            let (connection, observer) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1, 2], on: connection)
            for round in 0..<60 {
                let task = Task {
                    await outcome { () async throws(DatabaseError) in
                        do throws(DatabaseError) {
                            try await connection.begin(.readWrite)
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
                for _ in 0..<round { await Task.yield() }
                task.cancel()
                let before = try await trial.amount(of: 2, in: table, on: observer)
                let result = await task.value
                if !result.isSuccess { trial.expectEqual(result.code, .cancelled, "The code of the transaction") }
                // The sum of an aggregate is a decimal in some databases.
                let sum: Int = try await trial.value(
                    """
                    SELECT a.amount + b.amount FROM \(identifier: table) a, \(identifier: table) b
                    WHERE a.id = 1 AND b.id = 2
                    """,
                    on: observer
                )
                let after = try await trial.amount(of: 2, in: table, on: observer)
                trial.expectEqual(sum, 0, "The sum of both rows")
                trial.expect(after - before <= 1, "More than one transaction was committed.")
            }
        },
    ]
}

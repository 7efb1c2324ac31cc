internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Transactions of one session, and what others see of them.
    static let transactions: [CaseDefinition] = [
        CaseDefinition("transactions.aCommitKeepsEverything") { trial in
            let (connection, other) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            for id in 1...3 { try await trial.insert(id, id, into: table, on: connection) }
            try await connection.commit()
            trial.expectEqual(try await trial.count(of: table, on: other), 3, "Rows that another session sees")
        },
        CaseDefinition("transactions.aRollBackUndoesEverything") { trial in
            let (connection, other) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(2, 2, into: table, on: connection)
            try await connection.execute("UPDATE \(identifier: table) SET amount = 5")
            try await connection.execute("DELETE FROM \(identifier: table) WHERE id = 1")
            try await connection.rollBack()
            for session in [connection, other] {
                trial.expectEqual(try await trial.count(of: table, on: session), 1, "Rows after the rollback")
                trial.expectEqual(try await trial.amount(of: 1, in: table, on: session), 0, "The old value")
            }
        },
        CaseDefinition("transactions.statementsOutsideOneAreKeptAtOnce") { trial in
            let (connection, other) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([], on: connection)
            try await trial.insert(1, 1, into: table, on: connection)
            trial.expectEqual(try await trial.count(of: table, on: other), 1, "Rows that another session sees")
            try await connection.begin(.readWrite)
            try await connection.rollBack()
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows after another rollback")
        },
        CaseDefinition("transactions.cannotBeBegunTwice") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            await trial.expectError(.invalidTransactionState, from: "A second begin") {
                try await connection.begin(.readWrite)
            }
            try await connection.commit()
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows after the second begin")
        },
        CaseDefinition("transactions.aRollBackOutsideOneDoesNothing") { trial in
            let connection = try await trial.connect()
            try await connection.rollBack()
            try await connection.begin(.readWrite)
            try await connection.rollBack()
            try await connection.rollBack()
            await trial.expectUsable(connection, after: "rollbacks without a transaction")
        },
        CaseDefinition("transactions.aCommitSaysWhatBecameOfAFailedStatementsTransaction") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(2, 2, into: table, on: connection)
            await trial.expectError(.uniqueViolation, from: "A duplicate insert") {
                try await trial.insert(1, 9, into: table, on: connection)
            }
            do {
                try await connection.commit()
                trial.expectEqual(
                    try await trial.count(of: table, on: connection),
                    2,
                    "Rows after a commit that succeeded"
                )
            } catch {
                try await connection.rollBack()
                trial.expectEqual(
                    try await trial.count(of: table, on: connection),
                    1,
                    "Rows after a commit that failed"
                )
            }
            await trial.expectUsable(connection, after: "the commit of a transaction with a failed statement")
        },
        CaseDefinition("transactions.aRollBackFollowsAFailedStatement") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            for failing in ["SELEC 1", "INSERT INTO \(identifier: table) (id, amount) VALUES (1, 1)"] as [Statement] {
                try await connection.begin(.readWrite)
                try await trial.insert(2, 2, into: table, on: connection)
                _ = try? await connection.execute(failing)
                try await connection.rollBack()
                trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows after '\(failing)'")
            }
        },
        CaseDefinition("transactions.anErrorAfterACommitUndoesNothing") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            try await connection.commit()
            _ = try? await trial.insert(1, 2, into: table, on: connection)
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), 1, "The committed value")
            try await connection.begin(.readWrite)
            try await trial.insert(2, 2, into: table, on: connection)
            try await connection.rollBack()
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows in the end")
        },
        CaseDefinition("transactions.manyFollowOneAnother") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            for round in 0..<50 {
                try await connection.begin(.readWrite)
                try await connection.execute("UPDATE \(identifier: table) SET amount = amount + 1 WHERE id = 1")
                if round.isMultiple(of: 2) { try await connection.commit() } else { try await connection.rollBack() }
            }
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), 25, "Half of fifty")
        },
        CaseDefinition("transactions.ofWritersExcludeOneAnother", needs: [.exclusiveWriteTransactions]) { trial in
            let (first, second) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1], on: first)
            try await first.begin(.readWrite)
            let task = Task {
                await outcome { () async throws(DatabaseError) in
                    try await second.begin(.readWrite)
                    let seen = try await trial.amount(of: 1, in: table, on: second)
                    try await second.commit()
                    return seen
                }
            }
            await trial.pause()
            try await first.execute("UPDATE \(identifier: table) SET amount = 1")
            try await first.commit()
            switch await task.value {
            case .success(let seen): trial.expectEqual(seen, 1, "What a writer sees that had to wait")
            case .failure(let error):
                trial.expectEqual(error.code, .lockTimeout, "The code of a begin that had to wait")
            }
        },
        CaseDefinition("features.exclusiveWriteTransactionsAreAbsent", absent: .exclusiveWriteTransactions) { trial in
            let (first, second) = (try await trial.connect(), try await trial.connect())
            let tables = [try await trial.makeCounters([1], on: first), try await trial.makeCounters([1], on: first)]
            try await first.begin(.readWrite)
            try await first.execute("UPDATE \(identifier: tables[0]) SET amount = 1")
            try await second.begin(.readWrite)
            try await second.execute("UPDATE \(identifier: tables[1]) SET amount = 2")
            try await second.commit()
            try await first.commit()
            trial.expectEqual(
                try await trial.amount(of: 1, in: tables[1], on: first),
                2,
                "What the second writer wrote"
            )
        },
    ]
}

internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Cancelling a call before and while it runs.
    static let cancelling: [CaseDefinition] = [
        CaseDefinition("cancelling.beforeAStatementRunsNothing") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            let result = await trial.cancelledBefore { () async throws(DatabaseError) in
                try await trial.insert(1, 1, into: table, on: connection)
            }
            trial.expectEqual(result.code, .cancelled, "The code of a statement in a cancelled task")
            trial.expectEqual(try await trial.count(of: table, on: connection), 0, "Rows it inserted")
        },
        CaseDefinition("cancelling.beforeABeginBeginsNothing") { trial in
            let connection = try await trial.connect()
            let result = await trial.cancelledBefore { () async throws(DatabaseError) in
                try await connection.begin(.readWrite)
            }
            trial.expectEqual(result.code, .cancelled, "The code of a begin in a cancelled task")
            try await connection.rollBack()
            try await connection.begin(.readWrite)
            try await connection.rollBack()
        },
        CaseDefinition("cancelling.endsARunningStatement") { trial in
            let connection = try await trial.connect()
            let slow = try await trial.slowStatement(on: connection)
            for _ in 0..<2 {
                let result = await trial.cancelledDuring { () async throws(DatabaseError) in
                    try await connection.execute(slow)
                }
                trial.expectEqual(result.code, .cancelled, "The code of a cancelled statement")
                await trial.expectUsable(connection, after: "a cancelled statement")
            }
        },
        CaseDefinition("cancelling.aStatementKeepsItsTransactionOrEndsItInTheOpen") { trial in
            let connection = try await trial.connect()
            let slow = try await trial.slowStatement(on: connection)
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            let result = await trial.cancelledDuring { () async throws(DatabaseError) in
                try await connection.execute(slow)
            }
            trial.expectEqual(result.code, .cancelled, "The code of a cancelled statement")
            try await connection.rollBack()
            trial.expectEqual(try await trial.count(of: table, on: connection), 0, "Rows after the rollback")
        },
        CaseDefinition("cancelling.aWaitForALockLeavesTheRowAlone") { trial in
            let (holder, waiter) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1], on: holder)
            try await holder.begin(.readWrite)
            try await holder.execute("UPDATE \(identifier: table) SET amount = 1 WHERE id = 1")
            let result = await trial.cancelledDuring { () async throws(DatabaseError) in
                try await waiter.execute("UPDATE \(identifier: table) SET amount = amount + 10 WHERE id = 1")
            }
            trial.expectEqual(result.code, .cancelled, "The code of a statement that waited for a lock")
            await trial.expectUsable(waiter, after: "a cancelled wait for a lock")
            try await holder.commit()
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: waiter), 1, "What is in the row")
        },
        CaseDefinition("cancelling.aWaitOfABeginLeavesNoTransaction", needs: [.exclusiveWriteTransactions]) { trial in
            let (holder, waiter) = (try await trial.connect(), try await trial.connect())
            try await holder.begin(.readWrite)
            let result = await trial.cancelledDuring { () async throws(DatabaseError) in
                try await waiter.begin(.readWrite)
            }
            trial.expectEqual(result.code, .cancelled, "The code of a begin that waited")
            try await holder.commit()
            try await waiter.begin(.readWrite)
            try await waiter.commit()
        },
        CaseDefinition("cancelling.doesNotTouchACommit") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            let result = await trial.cancelledBefore { () async throws(DatabaseError) in try await connection.commit() }
            trial.expect(result.isSuccess, "A commit in a cancelled task: \(result)")
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows after the commit")
        },
        CaseDefinition("cancelling.doesNotTouchARollBackOrAReset") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            for id in 1...2 {
                try await connection.begin(.readWrite)
                try await trial.insert(id, 1, into: table, on: connection)
                let result = await trial.cancelledBefore { () async throws(DatabaseError) in
                    if id == 1 { try await connection.rollBack() } else { try await connection.reset() }
                }
                trial.expect(result.isSuccess, "A \(id == 1 ? "rollback" : "reset") in a cancelled task: \(result)")
                trial.expectEqual(try await trial.count(of: table, on: connection), 0, "Rows afterwards")
            }
        },
        CaseDefinition("cancelling.doesNotTouchAClose") { trial in
            let connection = try await trial.connect()
            await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                await connection.close()
            }.value
            await trial.expectError(.connectionClosed, from: "A ping after the close") { try await connection.ping() }
        },
    ]

    /// Cancelling while rows are read.
    static let cancellingStreams: [CaseDefinition] = [
        CaseDefinition("cancelling.endsAStream", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let statement = trial.numbers(6, from: digits)
            let task = Task { () -> Result<Int, DatabaseError> in
                await outcome { () async throws(DatabaseError) in
                    let cursor = try await connection.openCursor(statement)
                    var count = 0
                    do throws(DatabaseError) {
                        while let batch = try await cursor.nextBatch(limit: 50) {
                            count += batch.count
                            if count == 200 { withUnsafeCurrentTask { $0?.cancel() } }
                        }
                    } catch {
                        await cursor.close()
                        throw error
                    }
                    await cursor.close()
                    return count
                }
            }
            let result = await task.value
            trial.expectEqual(result.code, .cancelled, "The code of a stream that was cancelled half-way")
            await trial.expectUsable(connection, after: "a cancelled stream")
        },
        CaseDefinition("cancelling.doesNotTouchTheCloseOfACursor", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let statement = trial.numbers(6, from: digits)
            let result = await Task { () -> Result<Void, DatabaseError> in
                await outcome { () async throws(DatabaseError) in
                    let cursor = try await connection.openCursor(statement)
                    _ = try await cursor.nextBatch(limit: 10)
                    withUnsafeCurrentTask { $0?.cancel() }
                    await cursor.close()
                }
            }.value
            trial.expect(result.isSuccess, "A cursor closed in a cancelled task: \(result)")
            await trial.expectUsable(connection, after: "a cursor was closed in a cancelled task")
        },
        CaseDefinition("cancelling.beforeACursorOpensNone", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let statement = trial.numbers(2, from: digits)
            let result = await trial.cancelledBefore { () async throws(DatabaseError) in
                let cursor = try await connection.openCursor(statement)
                await cursor.close()
            }
            trial.expectEqual(result.code, .cancelled, "The code of a cursor in a cancelled task")
            await trial.expectUsable(connection, after: "a cursor in a cancelled task")
        },
    ]
}

internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Errors of sessions that wait for one another.
    static let lockErrors: [CaseDefinition] = [
        // Where writers exclude one another there is no circle.
        CaseDefinition("errors.deadlock", where: { !$0.excludesWriters }) { trial in
            let table = try await trial.makeCounters([1, 2], on: trial.connect())
            let rendezvous = Rendezvous(2)
            let tasks = try await [(1, 2), (2, 1)].asyncMap { first, second in
                let connection = try await trial.connect()
                return Task {
                    let result = await outcome { () async throws(DatabaseError) in
                        let update: (Int) -> Statement = {
                            "UPDATE \(identifier: table) SET amount = amount + 1 WHERE id = \($0)"
                        }
                        do throws(DatabaseError) {
                            try await connection.begin(.readWrite)
                            try await connection.execute(update(first))
                            await rendezvous.arrive()
                            try await connection.execute(update(second))
                            try await connection.commit()
                        } catch {
                            try await connection.rollBack()
                            throw error
                        }
                    }
                    await rendezvous.arrive()
                    return result
                }
            }
            var successes = 0
            for task in tasks {
                guard case .failure(let error) = await task.value else {
                    successes += 1
                    continue
                }
                trial.expect(error.code == .deadlock || error.code == .lockTimeout, "The victim's error: \(error)")
                trial.expect(error.isRetryable, "The victim is not told to try again: \(error)")
            }
            trial.expectEqual(successes, 1, "Transactions that survived the deadlock")
            let sum = try await trial.amount(of: 1, in: table, on: trial.connect())
            trial.expectEqual(sum, successes, "What the survivor wrote")
        },
        CaseDefinition("errors.lockTimeout", where: { $0.shortLockWait != nil }) { trial in
            guard let wait = trial.target.shortLockWait else { return }
            let holder = try await trial.connect()
            let table = try await trial.makeCounters([1], on: holder)
            let waiter = try await trial.impatientConnection(wait)
            try await holder.begin(.readWrite)
            try await holder.execute("UPDATE \(identifier: table) SET amount = 1")
            let error = await trial.expectError(.lockTimeout, from: "An update of a locked row") {
                try await waiter.execute("UPDATE \(identifier: table) SET amount = 2")
            }
            trial.expect(error?.isRetryable ?? true, "A lock timeout is not called retryable.")
            try await holder.commit()
            try await waiter.execute("UPDATE \(identifier: table) SET amount = 3")
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: holder), 3, "What was written last")
            await waiter.close()
        },
        CaseDefinition("errors.serializationFailure", where: { !$0.excludesWriters }) { trial in
            let (first, second) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1], on: first)
            if !(try await trial.begin(first, .repeatableRead, readOnly: false)) {
                try await first.begin(TransactionOptions(isolationLevel: .serializable))
            }
            // First read, then changed by another, then changed here: one of the two changes must not be overlooked.
            let read = try await trial.amount(of: 1, in: table, on: first)
            try await second.execute("UPDATE \(identifier: table) SET amount = 100")
            do throws(DatabaseError) {
                try await first.execute("UPDATE \(identifier: table) SET amount = amount + 1 WHERE amount = \(read)")
                try await first.commit()
            } catch {
                trial.expect(error.isRetryable, "The transaction is not told to run again: \(error)")
                try await first.rollBack()
            }
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: second), 100, "The committed change")
        },
    ]
}

extension ConformanceTarget {
    fileprivate var excludesWriters: Bool { dialect.features.contains(.exclusiveWriteTransactions) }
}

extension Trial {
    /// A session that waits for locks only shortly.
    fileprivate func impatientConnection(_ wait: ShortLockWait) async throws(DatabaseError) -> any Connection {
        switch wait {
        case .statement(let statement):
            let connection = try await connect()
            try await connection.execute(statement)
            return connection
        case .urlOption(let name, let value):
            return try await dialect.connector(for: url.adding(option: name, value), logger: Self.logger).connect()
        }
    }
}

internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// What transactions see of one another.
    static let isolation: [CaseDefinition] = [
        CaseDefinition("isolation.everyLevelIsThereOrRefused") { trial in
            let connection = try await trial.connect()
            let levels: [IsolationLevel] = [.readUncommitted, .readCommitted, .repeatableRead, .serializable]
            var supported = 0
            for level in levels {
                if try await trial.begin(connection, level, readOnly: false) {
                    supported += 1
                    try await connection.commit()
                }
            }
            trial.expect(supported > 0, "Every isolation level of the standard was refused.")
            await trial.expectError(.unsupportedFeature, from: "An isolation level that does not exist") {
                try await connection.begin(TransactionOptions(isolationLevel: IsolationLevel("NO SUCH LEVEL")))
            }
            await trial.expectUsable(connection, after: "a refused isolation level")
        },
        CaseDefinition("isolation.uncommittedRowsAreNotSeen") { trial in
            let (writer, reader) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1], on: writer)
            for level in [.readCommitted, .repeatableRead] as [IsolationLevel] {
                try await writer.begin(.readWrite)
                try await writer.execute("UPDATE \(identifier: table) SET amount = 99")
                if try await trial.begin(reader, level, readOnly: true) {
                    trial.expectEqual(try await trial.amount(of: 1, in: table, on: reader), 0, "Seen at \(level)")
                    try await reader.rollBack()
                }
                try await writer.rollBack()
            }
        },
        CaseDefinition("isolation.readCommittedSeesWhatWasCommittedMeanwhile") { trial in
            let (writer, reader) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1], on: writer)
            guard try await trial.begin(reader, .readCommitted, readOnly: true) else { return }
            _ = try await trial.amount(of: 1, in: table, on: reader)
            try await writer.execute("UPDATE \(identifier: table) SET amount = 1")
            let seen = try await trial.amount(of: 1, in: table, on: reader)
            try await reader.commit()
            // A database may give more isolation than was asked for.
            trial.expect(seen == 0 || seen == 1, "Seen at read committed: \(seen)")
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: reader), 1, "Seen afterwards")
        },
        CaseDefinition("isolation.repeatableReadsRepeat") { trial in
            let (writer, reader) = (try await trial.connect(), try await trial.connect())
            for level in [.repeatableRead, .serializable] as [IsolationLevel] {
                // Readers of some databases lock what they read at the level above.
                guard level == .repeatableRead || trial.declares(.exclusiveWriteTransactions) else { continue }
                let table = try await trial.makeCounters([1], on: writer)
                guard try await trial.begin(reader, level, readOnly: true) else { continue }
                _ = try await trial.amount(of: 1, in: table, on: reader)
                try await writer.execute("UPDATE \(identifier: table) SET amount = 1")
                trial.expectEqual(try await trial.amount(of: 1, in: table, on: reader), 0, "Seen again at \(level)")
                try await reader.commit()
                trial.expectEqual(try await trial.amount(of: 1, in: table, on: reader), 1, "Seen afterwards")
            }
        },
        CaseDefinition("isolation.aLevelDoesNotOutliveItsTransaction") { trial in
            let (writer, reader) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([1], on: writer)
            if try await trial.begin(reader, .serializable, readOnly: true) { try await reader.commit() }
            // Each statement by itself sees what is there now.
            for amount in 1...3 {
                try await writer.execute("UPDATE \(identifier: table) SET amount = \(amount)")
                trial.expectEqual(try await trial.amount(of: 1, in: table, on: reader), amount, "Seen outside")
            }
            try await reader.execute("UPDATE \(identifier: table) SET amount = 7")
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: writer), 7, "Written outside")
        },
        CaseDefinition("isolation.serializableTransactionsDoNotOverlookEachOther") { trial in
            let table = try await trial.makeCounters([], on: trial.connect())
            // Both look whether the table is empty, and insert when it is: in any order one must find the other's row.
            let rendezvous = Rendezvous(trial.declares(.exclusiveWriteTransactions) ? 1 : 2)
            let tasks = try await [1, 2].asyncMap { id in
                let connection = try await trial.connect()
                return Task {
                    let result = await outcome { () async throws(DatabaseError) in
                        guard try await trial.begin(connection, .serializable, readOnly: false) else { return }
                        do throws(DatabaseError) {
                            let count = try await trial.count(of: table, on: connection)
                            await rendezvous.arrive()
                            if count == 0 { try await trial.insert(id, 1, into: table, on: connection) }
                            try await connection.commit()
                        } catch {
                            try? await connection.rollBack()
                            throw error
                        }
                    }
                    // Whoever failed before keeps nobody waiting.
                    await rendezvous.arrive()
                    return result
                }
            }
            for task in tasks {
                guard case .failure(let error) = await task.value else { continue }
                trial.expect(error.isRetryable, "The transaction that must run again is not told so: \(error)")
            }
            let count = try await trial.count(of: table, on: trial.connect())
            let isSupported = try await trial.begin(trial.connect(), .serializable, readOnly: false)
            trial.expect(count <= 1 || !isSupported, "Two serializable transactions overlooked each other.")
        },
    ]
}

extension Trial {
    /// Begins a transaction at a level, read-only where the dialect has that; returns whether the level is supported.
    func begin(
        _ connection: any Connection,
        _ level: IsolationLevel,
        readOnly: Bool
    ) async throws(DatabaseError) -> Bool {
        let isReadOnly = readOnly && declares(.readOnlyTransactions)
        do {
            try await connection.begin(
                TransactionOptions(isolationLevel: level, accessMode: isReadOnly ? .readOnly : .readWrite)
            )
            return true
        } catch {
            guard error.code == .unsupportedFeature else { throw error }
            return false
        }
    }
}

extension Sequence where Element: Sendable {
    /// Maps one after the other.
    func asyncMap<Value: Sendable>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}

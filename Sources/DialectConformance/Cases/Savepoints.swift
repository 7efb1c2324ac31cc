internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Savepoints within a transaction.
    static let savepoints: [CaseDefinition] = [
        CaseDefinition("savepoints.aRollBackToOneKeepsWhatCameBefore", needs: [.savepoints]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            try await connection.savepoint(.set("one"))
            try await trial.insert(2, 2, into: table, on: connection)
            try await connection.savepoint(.rollBack(to: "one"))
            try await trial.insert(3, 3, into: table, on: connection)
            try await connection.commit()
            trial.expectEqual(try await trial.ids(in: table, on: connection), [1, 3], "The rows that are kept")
        },
        CaseDefinition("savepoints.stayAfterARollBackToThem", needs: [.savepoints]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await connection.savepoint(.set("one"))
            for id in 1...3 {
                try await trial.insert(id, id, into: table, on: connection)
                try await connection.savepoint(.rollBack(to: "one"))
            }
            try await connection.savepoint(.release("one"))
            try await connection.commit()
            trial.expectEqual(try await trial.ids(in: table, on: connection), [], "The rows that are kept")
        },
        CaseDefinition("savepoints.nest", needs: [.savepoints]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            for id in 1...4 {
                try await connection.savepoint(.set("level \(id)"))
                try await trial.insert(id, id, into: table, on: connection)
            }
            try await connection.savepoint(.release("level 4"))
            try await connection.savepoint(.rollBack(to: "level 3"))
            try await connection.savepoint(.release("level 2"))
            await trial.expectError(
                .undefinedObject,
                .invalidTransactionState,
                .syntaxError,
                .other,
                from: "A gone savepoint"
            ) {
                try await connection.savepoint(.rollBack(to: "level 3"))
            }
            try await connection.savepoint(.rollBack(to: "level 1"))
            try await trial.insert(9, 9, into: table, on: connection)
            try await connection.commit()
            trial.expectEqual(try await trial.ids(in: table, on: connection), [9], "The rows that are kept")
        },
        CaseDefinition("savepoints.bringATransactionBackAfterAFailedStatement", needs: [.savepoints]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            try await connection.savepoint(.set("one"))
            await trial.expectError(.uniqueViolation, from: "A duplicate insert") {
                try await trial.insert(1, 2, into: table, on: connection)
            }
            try await connection.savepoint(.rollBack(to: "one"))
            try await trial.insert(2, 2, into: table, on: connection)
            try await connection.commit()
            trial.expectEqual(try await trial.ids(in: table, on: connection), [1, 2], "The rows that are kept")
        },
        CaseDefinition("savepoints.goWithTheirTransaction", needs: [.savepoints]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await connection.savepoint(.set("one"))
            try await trial.insert(1, 1, into: table, on: connection)
            try await connection.savepoint(.release("one"))
            try await connection.rollBack()
            trial.expectEqual(try await trial.ids(in: table, on: connection), [], "The rows that are kept")
        },
        CaseDefinition("savepoints.needATransaction", needs: [.savepoints]) { trial in
            let connection = try await trial.connect()
            for action in [.set("one"), .release("one"), .rollBack(to: "one")] as [SavepointAction] {
                await trial.expectError(.invalidTransactionState, from: "\(action) outside a transaction") {
                    try await connection.savepoint(action)
                }
            }
            try await connection.begin(.readWrite)
            try await connection.rollBack()
            await trial.expectUsable(connection, after: "savepoints outside a transaction")
        },
        CaseDefinition("features.savepointsAreAbsent", absent: .savepoints) { trial in
            let connection = try await trial.connect()
            try await connection.begin(.readWrite)
            await trial.expectError(.unsupportedFeature, from: "A savepoint") {
                try await connection.savepoint(.set("one"))
            }
            try await connection.rollBack()
        },
    ]
}

extension Trial {
    /// The ids in a table, in order.
    func ids(in table: Identifier, on connection: any Connection) async throws(DatabaseError) -> [Int] {
        var ids: [Int] = []
        for row in try await connection.execute("SELECT id FROM \(identifier: table) ORDER BY id").rows {
            ids.append(try row.decode(Int.self, at: 0))
        }
        return ids
    }
}

internal import DialectCore
internal import DialectEngine
internal import Testing

extension ConformanceSuite {
    /// What the next user of a session must not find.
    static let resetting: [CaseDefinition] = [
        CaseDefinition("resetting.rollsAnOpenTransactionBack") { trial in
            let (connection, other) = (try await trial.connect(), try await trial.connect())
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            trial.expect(!connection.isClean, "A connection with an open transaction says that it is clean.")
            try await connection.reset()
            for session in [connection, other] {
                trial.expectEqual(try await trial.count(of: table, on: session), 0, "Rows after the reset")
            }
            // A session that believes to be inside a transaction would refuse this, one that is would lose it.
            try await connection.begin(.readWrite)
            try await trial.insert(2, 2, into: table, on: connection)
            try await connection.commit()
            trial.expectEqual(try await trial.ids(in: table, on: other), [2], "Rows of the next user")
        },
        CaseDefinition("resetting.endsAFailedTransaction") { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            try await connection.begin(.readWrite)
            _ = try? await trial.insert(1, 1, into: table, on: connection)
            try await connection.reset()
            try await trial.insert(2, 2, into: table, on: connection)
            trial.expectEqual(try await trial.ids(in: table, on: connection), [1, 2], "Rows after the reset")
        },
        CaseDefinition("resetting.endsAReadOnlyTransaction", needs: [.readOnlyTransactions]) { trial in
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readOnly)
            try await connection.reset()
            try await trial.insert(1, 1, into: table, on: connection)
            trial.expectEqual(try await trial.ids(in: table, on: connection), [1], "Rows after the reset")
        },
        CaseDefinition("resetting.closesAnOpenCursor", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let cursor = try await connection.openCursor(trial.numbers(4, from: digits))
            _ = try await cursor.nextBatch(limit: 10)
            try await connection.reset()
            await trial.expectUsable(connection, after: "a reset with an open cursor")
            await cursor.close()
            await trial.expectUsable(connection, after: "the late close of a cursor")
        },
        CaseDefinition("resetting.forgetsTemporaryTables") { trial in
            let connection = try await trial.connect()
            let name = trial.name("temporary")
            do throws(DatabaseError) {
                try await connection.execute("CREATE TEMPORARY TABLE \(identifier: name) (n INTEGER)")
            } catch {
                // The database may spell them in another way, or have none.
                guard error.code == .syntaxError || error.code == .unsupportedFeature else { throw error }
                return
            }
            trial.expect(!connection.isClean, "A connection with a temporary table says that it is clean.")
            try await connection.reset()
            await trial.expectError(.undefinedObject, from: "The last user's temporary table") {
                try await connection.execute("SELECT n FROM \(identifier: name)")
            }
            try await connection.execute("CREATE TEMPORARY TABLE \(identifier: name) (n INTEGER)")
        },
        CaseDefinition("resetting.bringsSettingsBack", where: { $0.sessionSetting != nil }) { trial in
            guard let setting = trial.target.sessionSetting else { return }
            let connection = try await trial.connect()
            let fresh = try await connection.execute(setting.read).rows.first?.cell(at: 0).value
            try await connection.execute(setting.change)
            let changed = try await connection.execute(setting.read).rows.first?.cell(at: 0).value
            trial.expect(changed != fresh, "The target's session setting is not changed by its statement.")
            trial.expect(!connection.isClean, "A connection with a changed setting says that it is clean.")
            try await connection.reset()
            let reset = try await connection.execute(setting.read).rows.first?.cell(at: 0).value
            trial.expectEqual(reset, fresh, "The setting after the reset")
        },
        CaseDefinition("resetting.anEnginesNextUserFindsNothing") { trial in
            let table = try await trial.makeCounters([], on: trial.connect())
            try await trial.withEngine(sessions: 1) { engine in
                for id in 1...3 {
                    try await engine.withConnection { connection in
                        try await connection.begin(.readWrite)
                        try await connection.execute("INSERT INTO \(identifier: table) (id, amount) VALUES (\(id), 1)")
                    }
                    let rows = try await engine.execute("SELECT id FROM \(identifier: table)").rows
                    trial.expectEqual(rows.count, 0, "Rows that the next user sees")
                }
            }
        },
        CaseDefinition("resetting.costsNoPreparedStatement") { trial in
            // Statements that a dialect keeps must be good after a reset, or be forgotten with it.
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            for round in 0..<12 {
                trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), round, "Round \(round)")
                try await connection.execute("UPDATE \(identifier: table) SET amount = amount + \(1) WHERE id = \(1)")
                try await connection.reset()
            }
        },
    ]
}

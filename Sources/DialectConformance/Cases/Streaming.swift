internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Results that are read in batches.
    static let streaming: [CaseDefinition] = [
        CaseDefinition("streaming.everyRowComesOnce", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            for limit in [1, 7, 256, 5_000] {
                let cursor = try await connection.openCursor(trial.numbers(3, from: digits))
                var rows: [Row] = []
                while let batch = try await cursor.nextBatch(limit: limit) {
                    trial.expect(
                        (1...limit).contains(batch.count),
                        "A batch of at most \(limit) has \(batch.count) rows."
                    )
                    rows += batch
                }
                trial.expect(try await cursor.nextBatch(limit: limit) == nil, "There are rows after the end.")
                await cursor.close()
                await cursor.close()
                trial.expectEqual(rows.count, 1000, "Rows in batches of \(limit)")
                try trial.expectNumbers(rows, below: 1000)
            }
        },
        CaseDefinition("streaming.aHundredThousandRowsAreAllThere", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let sum = try await connection.withRows(of: trial.numbers(5, from: digits)) { rows in
                var sum = 0
                for try await row in rows { sum += try row.decode(Int.self, at: 0) }
                return sum
            }
            trial.expectEqual(sum, 4_999_950_000, "The sum of the numbers below 100,000")
        },
        CaseDefinition("streaming.mayStopEarly", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            for count in [0, 1, 300] {
                // A million rows: a dialect that reads them all before it stops shows in the time.
                let cursor = try await connection.openCursor(trial.numbers(6, from: digits))
                var seen = 0
                while seen < count, let batch = try await cursor.nextBatch(limit: 100) { seen += batch.count }
                await cursor.close()
                trial.expectEqual(seen, count == 0 ? 0 : count == 1 ? 100 : 300, "Rows before the stop")
                await trial.expectUsable(connection, after: "a stream that was stopped after \(count) rows")
            }
        },
        CaseDefinition("streaming.aClosedCursorGivesNothing", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let cursor = try await connection.openCursor(trial.numbers(2, from: digits))
            await cursor.close()
            let batch = try? await cursor.nextBatch(limit: 10)
            trial.expect(batch == nil, "A closed cursor gave \(batch?.count ?? 0) rows.")
            await trial.expectUsable(connection, after: "a closed cursor was asked")
        },
        CaseDefinition("streaming.bindsAndFailsAsExecuteDoes", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let wanted = [3, 5]
            let found = try await connection.withRows(
                of: "SELECT n FROM \(identifier: digits) WHERE n IN (\(values: wanted)) ORDER BY n"
            ) { rows in
                var found: [Int] = []
                for try await row in rows { found.append(try row.decode(Int.self, at: 0)) }
                return found
            }
            trial.expectEqual(found, wanted, "The rows of a statement with parameters")
            await trial.expectError(.syntaxError, from: "A cursor for no SQL") {
                try await connection.withRows(of: "SELEC 1") { rows in for try await _ in rows {} }
            }
            await trial.expectError(.undefinedObject, from: "A cursor for no table") {
                let name = trial.name("none")
                try await connection.withRows(of: "SELECT * FROM \(identifier: name)") { rows in
                    for try await _ in rows {}
                }
            }
            await trial.expectUsable(connection, after: "failed cursors")
        },
        CaseDefinition("streaming.anEmptyResultEndsAtOnce", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let cursor = try await connection.openCursor("SELECT n FROM \(identifier: digits) WHERE n < 0")
            trial.expect(try await cursor.nextBatch(limit: 10) == nil, "An empty result has a batch.")
            await cursor.close()
            await trial.expectUsable(connection, after: "an empty stream")
        },
        CaseDefinition("streaming.worksInsideATransaction", needs: [.rowStreaming]) { trial in
            let (connection, digits) = try await trial.streamingConnection()
            let table = try await trial.makeCounters([], on: connection)
            try await connection.begin(.readWrite)
            try await trial.insert(1, 10, into: table, on: connection)
            let cursor = try await connection.openCursor(trial.numbers(3, from: digits))
            _ = try await cursor.nextBatch(limit: 10)
            await cursor.close()
            try await trial.insert(2, 20, into: table, on: connection)
            try await connection.commit()
            trial.expectEqual(
                try await trial.count(of: table, on: connection),
                2,
                "Rows written around a stopped stream"
            )
        },
        CaseDefinition("features.rowStreamingIsAbsent", absent: .rowStreaming) { trial in
            let connection = try await trial.connect()
            trial.expect(!(connection is any RowStreaming), "Connections stream rows; declare 'rowStreaming'.")
        },
    ]
}

extension Trial {
    /// A connection that streams, and a table of digits.
    func streamingConnection() async throws -> (any RowStreaming, Identifier) {
        let connection = try await connect()
        let digits = try await makeDigits(on: connection)
        return (try capability((any RowStreaming).self, of: connection), digits)
    }

    /// A connection or connector as what its dialect declares it to be.
    func capability<Capability>(_ type: Capability.Type, of object: Any) throws(DatabaseError) -> Capability {
        guard let capable = object as? Capability else {
            throw DatabaseError(.unsupportedFeature, "\(Swift.type(of: object)) is declared to be \(type) and is not.")
        }
        return capable
    }
}

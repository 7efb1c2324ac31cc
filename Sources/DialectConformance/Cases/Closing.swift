internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Closing sessions.
    static let closing: [CaseDefinition] = [
        CaseDefinition("closing.aClosedConnectionRefusesEveryCall") { trial in
            let connection = try await trial.connect()
            await connection.close()
            await trial.expectError(.connectionClosed, from: "A statement") { try await connection.execute("SELECT 1") }
            await trial.expectError(.connectionClosed, from: "A ping") { try await connection.ping() }
            await trial.expectError(.connectionClosed, from: "A begin") { try await connection.begin(.readWrite) }
            await trial.expectError(.connectionClosed, from: "A reset") { try await connection.reset() }
            guard let streaming = connection as? any RowStreaming else { return }
            await trial.expectError(.connectionClosed, from: "A cursor") { try await streaming.openCursor("SELECT 1") }
        },
        CaseDefinition("closing.twiceIsAsGoodAsOnce") { trial in
            let connection = try await trial.connect()
            await connection.close()
            await connection.close()
            await trial.expectError(.connectionClosed, from: "A ping") { try await connection.ping() }
        },
        CaseDefinition("closing.anOpenTransactionIsRolledBack") { trial in
            let observer = try await trial.connect()
            let table = try await trial.makeCounters([], on: observer)
            let connection = try await trial.connect()
            try await connection.begin(.readWrite)
            try await trial.insert(1, 1, into: table, on: connection)
            await connection.close()
            // Where the server has yet to notice, a begin of this transaction waits for the other one's end.
            try await observer.begin(.readWrite)
            try await trial.insert(1, 2, into: table, on: observer)
            try await observer.commit()
            trial.expectEqual(
                try await trial.amount(of: 1, in: table, on: observer),
                2,
                "What is there after the close"
            )
        },
        CaseDefinition("closing.aSuspendedCallEnds") { trial in
            let connection = try await trial.connect()
            let slow = try await trial.slowStatement(on: connection)
            let task = Task { await outcome { () async throws(DatabaseError) in try await connection.execute(slow) } }
            await trial.pause()
            await connection.close()
            let code = await task.value.code
            trial.expect(
                code == .connectionClosed || code == .connectionLost || code == .cancelled,
                "A call that was suspended when the connection was closed ended with \(code?.name ?? "success")."
            )
            await trial.expectError(.connectionClosed, from: "A later ping") { try await connection.ping() }
        },
    ]
}

internal import DialectCore
internal import Testing

extension ConformanceSuite {
    /// Single statements of many tasks over few sessions.
    static let sharedStatements: [CaseDefinition] = [
        CaseDefinition("sharedStatements.seeWhatIsCommitted", needs: [.statementSharing]) { trial in
            let sharing = try trial.sharingConnector()
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            let read: Statement = "SELECT amount FROM \(identifier: table) WHERE id = \(1)"
            for amount in 1...10 {
                try await connection.begin(.readWrite)
                try await connection.execute("UPDATE \(identifier: table) SET amount = \(amount)")
                let before = try await sharing.executeShared(read).rows.first?.decode(Int.self)
                trial.expectEqual(before, amount - 1, "Read before the commit")
                try await connection.commit()
                let after = try await sharing.executeShared(read).rows.first?.decode(Int.self)
                trial.expectEqual(after, amount, "Read after the commit")
            }
            await sharing.closeShared()
        },
        CaseDefinition("sharedStatements.mayNotWrite", needs: [.statementSharing]) { trial in
            let sharing = try trial.sharingConnector()
            let connection = try await trial.connect()
            let table = try await trial.makeCounters([1], on: connection)
            for write in [
                "INSERT INTO \(identifier: table) (id, amount) VALUES (2, 2)",
                "UPDATE \(identifier: table) SET amount = 9", "DELETE FROM \(identifier: table)",
                "DROP TABLE \(identifier: table)",
            ] as [Statement] {
                await trial.expectError(.readOnlyViolation, from: "'\(write)'") {
                    try await sharing.executeShared(write)
                }
            }
            trial.expectEqual(try await trial.amount(of: 1, in: table, on: connection), 0, "The value in the end")
            trial.expectEqual(try await trial.count(of: table, on: connection), 1, "Rows in the end")
            await sharing.closeShared()
        },
        CaseDefinition("sharedStatements.doNotMixWithTheirNeighbours", needs: [.statementSharing]) { trial in
            let sharing = try trial.sharingConnector()
            let connection = try await trial.connect()
            let digits = try await trial.makeDigits(on: connection)
            let missing = trial.name("missing")
            try await trial.inParallel(32) { worker in
                for round in 0..<10 {
                    let mine = worker * 100 + round
                    if worker.isMultiple(of: 4) {
                        await trial.expectError(.undefinedObject, from: "A shared read of no table") {
                            try await sharing.executeShared("SELECT * FROM \(identifier: missing)")
                        }
                    } else {
                        let row = try await sharing.executeShared(
                            "SELECT n + \(mine) FROM \(identifier: digits) WHERE n = \(round)"
                        ).rows.first
                        trial.expectEqual(try row?.decode(Int.self), mine + round, "A shared statement's own sum")
                    }
                }
            }
            await sharing.closeShared()
        },
        CaseDefinition("sharedStatements.areCancelledAlone", needs: [.statementSharing]) { trial in
            let sharing = try trial.sharingConnector()
            let connection = try await trial.connect()
            let digits = try await trial.makeDigits(on: connection)
            let read: Statement = "SELECT COUNT(*) FROM \(identifier: digits)"
            for round in 0..<50 {
                let tasks = (0..<8).map { _ in
                    Task {
                        await outcome { () async throws(DatabaseError) in
                            try await sharing.executeShared(read).rows.first?.decode(Int.self)
                        }
                    }
                }
                for _ in 0..<round { await Task.yield() }
                tasks[round % 8].cancel()
                for (position, task) in tasks.enumerated() {
                    switch await task.value {
                    case .success(let count): trial.expectEqual(count, 10, "A shared count")
                    case .failure(let error):
                        trial.expect(
                            error.code == .cancelled && position == round % 8,
                            "A statement failed because its neighbour was cancelled: \(error)"
                        )
                    }
                }
            }
            await sharing.closeShared()
        },
        CaseDefinition("sharedStatements.endWithTheirSessions", needs: [.statementSharing]) { trial in
            let sharing = try trial.sharingConnector()
            _ = try await sharing.executeShared("SELECT 1")
            await sharing.closeShared()
            await sharing.closeShared()
            await trial.expectError(.connectionClosed, from: "A shared statement after the close") {
                try await sharing.executeShared("SELECT 1")
            }
        },
        CaseDefinition("features.statementSharingIsAbsent", absent: .statementSharing) { trial in
            trial.expect(
                !(trial.connector is any StatementSharing),
                "Statements share sessions; declare 'statementSharing'."
            )
        },
    ]
}

extension Trial {
    /// A connector of the case's own: the other one's sessions are closed by the trial.
    fileprivate func sharingConnector() throws(DatabaseError) -> any StatementSharing {
        try capability((any StatementSharing).self, of: dialect.connector(for: url, logger: Self.logger))
    }
}

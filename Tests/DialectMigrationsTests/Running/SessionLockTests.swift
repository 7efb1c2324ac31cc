import DialectCore
import DialectMigrations
import Testing

/// Databases that commit every schema operation at once.
@Suite struct SessionLockTests {
    private static let features: Set<DialectFeature> = [.sessionLocks, .savepoints]
    private static let lock = "LOCK session | migration of shop_version"
    private static let unlock = "UNLOCK | migration of shop_version"
    private static let full = DatabaseError(.storageFull, "The disk is full.")

    /// A step with operations before, between and after its schema operations, and a plain one.
    private static func chain() throws -> MigrationChain {
        try .test([
            TestStep("001"),
            TestStep(
                "002",
                after: "001",
                upgrade: [
                    .statement("FILL"),
                    .data(summary: "copy the names") { (connection) throws(DatabaseError) in
                        _ = try await connection.execute("COPY")
                    },
                    .createIndex(Index("ix", on: "t_001", ["id"])),
                    .statement("SHRINK"),
                ]
            ),
        ])
    }

    private func upgrade(_ connection: MockConnection, _ chain: MigrationChain) async -> DatabaseError? {
        await failure { () async throws(DatabaseError) in
            try await Migrator(chain, connection, features: Self.features).upgrade()
        }
    }

    @Test func eachStepIsRecordedRightAfterItsOperations() async throws {
        let connection = MockConnection(MockDatabase())
        let error = try await upgrade(connection, Self.chain())
        #expect(error == nil)
        #expect(
            await connection.calls == [
                "SELECT * FROM shop_version", Self.lock, "CREATE TABLE IF NOT EXISTS shop_version",
                "SELECT * FROM shop_version", "CREATE TABLE t_001", "BEGIN",
                "INSERT INTO shop_version (version_num) VALUES (?) | 001", "COMMIT", "FILL", "BEGIN", "COPY", "COMMIT",
                "CHECK ix", "INDEX ix", "BEGIN", "SHRINK",
                "UPDATE shop_version SET version_num = ? WHERE version_num = ? | 002 | 001", "COMMIT", Self.unlock,
            ]
        )
    }

    /// The number of the failing statement, what the message says, and what is in the database then.
    @Test(arguments: [
        (2, ["at the creation of the version table", "No step was finished before it."], [], []),
        (
            4,
            [
                "at upgrade 001 (add t_001), operation 1 of 1", "No step was finished",
                "Nothing of upgrade 001 (add t_001) stays",
            ], [], []
        ),
        (
            5,
            [
                "the record of its version", "Of upgrade 001 (add t_001), operation 1 stays",
                "undo by hand what is there of upgrade 001",
            ], [], []
        ),
        (
            6, ["operation 1 of 4 (run a statement)", "recorded before it: 001.", "Nothing of upgrade 002"], ["001"],
            []
        ),
        (7, ["operation 2 of 4 (copy the names)", "operation 1 stays"], ["001"], ["FILL"]),
        (9, ["operation 3 of 4", "operations 1 to 2 stay"], ["001"], ["FILL", "COPY", "CHECK ix"]),
        (
            10, ["operation 4 of 4 (run a statement)", "operations 1 to 3 stay"], ["001"],
            ["FILL", "COPY", "CHECK ix", "INDEX ix"]
        ),
        (
            11, ["the record of its version", "operations 1 to 3 stay"], ["001"],
            ["FILL", "COPY", "CHECK ix", "INDEX ix"]
        ),
    ])
    func aFailureSaysWhatStaysAndGivesTheLockBack(
        statement: Int,
        words: [String],
        version: [String],
        notes: [String]
    ) async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.statement = { (number) throws(DatabaseError) in
            if number == statement { throw Self.full }
        }
        let connection = MockConnection(database, interference)
        let error = try #require(try await upgrade(connection, Self.chain()))
        #expect(error.code == .storageFull)
        for word in words { #expect(error.message.contains(word), "\(error.message)") }
        #expect(await database.committed.tables["shop_version", default: []] == version)
        #expect(await database.committed.notes == notes)
        #expect(await connection.calls.last == Self.unlock)
        #expect(await !database.isLocked)
    }

    @Test func afterALostSessionTheOutcomeIsNotKnown() async throws {
        var interference = MockConnection.Interference()
        interference.statement = { (number) throws(DatabaseError) in
            if number == 4 { throw DatabaseError(.connectionLost, "The server went away.") }
        }
        let error = try #require(try await upgrade(MockConnection(MockDatabase(), interference), Self.chain()))
        #expect(error.message.contains("Whether what was running took effect is not known."))
        #expect(!error.message.contains("Nothing of"))
    }

    @Test func theNextAttemptRunsWhatIsLeft() async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.statement = { (number) throws(DatabaseError) in
            if number == 6 { throw Self.full }
        }
        _ = try await upgrade(MockConnection(database, interference), .linear())
        let report = try await Migrator(.linear(), MockConnection(database), features: Self.features).upgrade()
        #expect(report.before == ["001"])
        #expect(report.steps.map(\.revision) == ["002", "003", "004"])
    }

    @Test func aMigratorThatWaitedForAnotherAppliesNothing() async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.tryLock = { attempt in
            if attempt == 2 { await database.change { $0.tables["shop_version"] = ["004"] } }
            return attempt > 2
        }
        let connection = MockConnection(database, interference)
        let report = try await Migrator(.linear(), connection, features: Self.features).upgrade()
        #expect(report.steps.isEmpty && report.before == ["004"])
        #expect(await connection.calls.count { $0 == Self.lock } == 3)
        #expect(await connection.calls.last == Self.unlock)
    }

    @Test func manyMigratorsAtOnceApplyEachRevisionOnce() async throws {
        let database = MockDatabase()
        let options = MigratorOptions(lockTimeout: .seconds(1_000_000))
        let reports = try await withThrowingTaskGroup(of: MigrationReport.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    let connection = MockConnection(database)
                    return try await Migrator(.linear(), connection, features: Self.features, options: options)
                        .upgrade()
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.allSatisfy { $0.after == ["004"] })
        #expect(reports.flatMap(\.steps).map(\.revision) == ["001", "002", "003", "004"])
        #expect(await !database.isLocked)
    }

    @Test(arguments: 2...11) func cancellingAtAnyStatementGivesTheLockBack(_ statement: Int) async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.statement = { (number) throws(DatabaseError) in
            guard number == statement else { return }
            withUnsafeCurrentTask { $0?.cancel() }
            throw DatabaseError(.cancelled, "The statement was cancelled.")
        }
        let connection = MockConnection(database, interference)
        let chain = try Self.chain()
        let error = await Task { await upgrade(connection, chain) }.value
        #expect(error?.code == .cancelled)
        #expect(await connection.calls.last == Self.unlock)
        #expect(await !database.isLocked)
    }

    @Test func aLockThatIsNotGivenBackHidesNoOutcome() async throws {
        var interference = MockConnection.Interference()
        interference.unlock = { () throws(DatabaseError) in throw DatabaseError(.connectionLost, "Gone.") }
        #expect(await upgrade(MockConnection(MockDatabase(), interference), try .linear()) == nil)
        interference.statement = { (number) throws(DatabaseError) in
            if number == 4 { throw Self.full }
        }
        #expect(await upgrade(MockConnection(MockDatabase(), interference), try .linear())?.code == .storageFull)
    }
}

import DialectCore
import DialectMigrations
import Testing

/// Databases that commit every schema operation at once.
@Suite struct SessionLockTests {
    static let features: Set<DialectFeature> = [.sessionLocks, .savepoints]
    private static let lock = "LOCK session | schema migration"
    private static let lease = "LEASE session | 30.0 seconds"
    private static let endOfLease = "LEASE session | none"
    static let unlock = "UNLOCK | schema migration"
    private static let full = DatabaseError(.storageFull, "The disk is full.")

    /// A step with operations before, between and after its schema operations, and a plain one.
    static func chain() throws -> MigrationChain {
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
                    .statement("UPDATE t_001 SET id = \("b") WHERE id = \("a")"),
                ]
            ),
        ])
    }

    private func upgrade(_ connection: MockConnection, _ chain: MigrationChain) async -> DatabaseError? {
        await failure { () async throws(DatabaseError) in
            try await Migrator(chain, connection, features: Self.features).upgrade()
        }
    }

    @Test func eachStatementIsNotedAndMarkedAndTheRestRecordedWithTheVersion() async throws {
        let connection = MockConnection(MockDatabase())
        let error = try await upgrade(connection, Self.chain())
        #expect(error == nil)
        let calls = await connection.calls.map { call in
            call.contains("_journal") ? "\(call.prefix { $0 != " " }) journal" : call
        }
        #expect(
            calls == [
                "SELECT * FROM shop_version", Self.lock, Self.lease, "CREATE TABLE IF NOT EXISTS shop_version",
                "SELECT * FROM shop_version", "SELECT journal", "CREATE journal",
                "BEGIN", "DELETE journal", "INSERT journal", "COMMIT",
                "CREATE TABLE t_001", "UPDATE journal",
                "BEGIN", "UPDATE shop_version SET version_num = version_num", "SELECT * FROM shop_version",
                "INSERT INTO shop_version (version_num) VALUES (?) | 001", "DELETE journal", "COMMIT",
                "BEGIN", "DELETE journal", "INSERT journal", "COMMIT",
                "FILL", "UPDATE journal", "BEGIN", "COPY", "UPDATE journal", "COMMIT", "CHECK ix", "UPDATE journal",
                "INDEX ix", "UPDATE journal",
                "BEGIN", "UPDATE shop_version SET version_num = version_num", "SELECT * FROM shop_version",
                "UPDATE t_001 SET id = ? WHERE id = ? | b | a",
                "UPDATE shop_version SET version_num = ? WHERE version_num = ? | 002 | 001", "DELETE journal", "COMMIT",
                "SELECT journal", "SELECT * FROM shop_version", "DROP journal", Self.endOfLease,
                Self.unlock,
            ]
        )
    }

    @Test func aFailureSaysWhatStaysAndGivesTheLockBack() async throws {
        let places: [(statement: String, words: [String])] = [
            ("CREATE TABLE IF NOT EXISTS shop_version", ["at the creation of the table 'shop_version'"]),
            (
                "CREATE TABLE t_001",
                ["at upgrade 001 (add t_001), operation 1 of 1", "No step was finished before it."]
            ),
            ("FILL", ["operation 1 of 4 (run a statement)", "recorded before it: 001."]),
            ("COPY", ["operation 2 of 4 (copy the names)", "operation 1 stays", "it goes on from there"]),
            ("INDEX ix", ["operation 3 of 4 (create index ix on t_001)", "operations 1 to 2 stay"]),
            ("UPDATE t_001 SET id = ? WHERE id = ?", ["operation 4 of 4 (run a statement)", "operations 1 to 3 stay"]),
        ]
        for place in places {
            let database = MockDatabase()
            let connection = MockConnection(database, .failing(at: place.statement, with: Self.full))
            let error = try #require(try await upgrade(connection, Self.chain()))
            #expect(error.code == .storageFull)
            for word in place.words { #expect(error.message.contains(word), "\(error.message)") }
            #expect(await connection.lastChange == Self.unlock)
            #expect(await !database.isLocked)
        }
    }

    @Test func afterALostSessionTheOutcomeIsNotKnown() async throws {
        let lost = DatabaseError(.connectionLost, "The server went away.")
        let connection = MockConnection(MockDatabase(), .failing(at: "INDEX ix", with: lost))
        let error = try #require(try await upgrade(connection, Self.chain()))
        #expect(error.message.contains("Whether what was running took effect is not known"))
    }

    /// Every statement of the run fails once; the next run does what is left, and each change once.
    @Test func theNextAttemptRunsWhatIsLeft() async throws {
        let whole = MockDatabase()
        let observed = MockConnection(whole)
        #expect(try await upgrade(observed, Self.chain()) == nil)
        let expected = await whole.committed
        let count = await observed.calls.count
        for statement in 1...count {
            let database = MockDatabase()
            var interference = MockConnection.Interference()
            interference.statement = { (number) throws(DatabaseError) in
                if number == statement { throw Self.full }
            }
            let error = try await upgrade(MockConnection(database, interference), Self.chain())
            let unclear = try await upgrade(MockConnection(database), Self.chain())
            if let unclear {
                // The one failure that leaves doubt: the statement was done, and its mark failed.
                #expect(error?.message.contains("its mark in 'shop_version_journal'") == true)
                #expect(unclear.message.contains("whether it was done cannot be told"))
            } else {
                #expect(await database.committed == expected, "statement \(statement)")
            }
        }
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

    @Test func waitingInVainNamesTheHolder() async throws {
        let database = MockDatabase()
        _ = await database.lock("schema migration", ObjectIdentifier(database))
        let options = MigratorOptions(lockTimeout: .seconds(1))
        let migrator = try Migrator(.linear(), MockConnection(database), features: Self.features, options: options)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .lockTimeout)
        #expect(error?.message.contains("It is held by another session. Nothing was changed") == true)
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

    @Test(arguments: 2...24) func cancellingAtAnyStatementGivesTheLockBack(_ statement: Int) async throws {
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

extension MockConnection.Interference {
    /// Fails at the statement with this text.
    static func failing(at sql: String, with error: DatabaseError) -> MockConnection.Interference {
        var interference = MockConnection.Interference()
        interference.text = { (text) throws(DatabaseError) in
            if text == sql { throw error }
        }
        return interference
    }
}

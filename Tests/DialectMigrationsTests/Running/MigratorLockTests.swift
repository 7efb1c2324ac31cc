import DialectCore
import DialectMigrations
import Testing

@Suite struct MigratorLockTests {
    private static let busy = DatabaseError(.lockTimeout, "The database is locked.")

    @Test func aMigratorThatWaitedForAnotherAppliesNothing() async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.begin = { (attempt) throws(DatabaseError) in
            guard attempt < 3 else { return }
            if attempt == 2 { await database.change { $0.tables["shop_version"] = ["004"] } }
            throw Self.busy
        }
        let connection = MockConnection(database, interference)
        let report = try await Migrator(.linear(), connection).upgrade()
        #expect(report.steps.isEmpty)
        #expect(report.before == ["004"] && report.after == ["004"])
        #expect(
            await connection.calls == [
                "SELECT * FROM shop_version", "BEGIN", "BEGIN", "BEGIN", "CREATE TABLE IF NOT EXISTS shop_version",
                "SELECT * FROM shop_version", "COMMIT",
            ]
        )
    }

    @Test func aMigratorThatWaitedRunsWhatTheOtherLeft() async throws {
        let database = MockDatabase(["shop_version": ["001"]])
        var interference = MockConnection.Interference()
        interference.begin = { (_) throws(DatabaseError) in
            await database.change { $0.tables["shop_version"] = ["003"] }
        }
        let report = try await Migrator(.linear(), MockConnection(database, interference)).upgrade()
        #expect(report.before == ["003"])
        #expect(report.steps.map(\.revision) == ["004"])
    }

    @Test func aDatabaseThatANewerVersionMigratedMeanwhileIsLeft() async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.begin = { (_) throws(DatabaseError) in
            await database.change { $0.tables["shop_version"] = ["005"] }
        }
        let connection = MockConnection(database, interference)
        let migrator = try Migrator(.linear(), connection)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .invalidMigration)
        #expect(error?.message.contains("newer version") == true)
        #expect(await connection.calls.last == "ROLLBACK")
    }

    @Test func manyMigratorsAtOnceApplyEachRevisionOnce() async throws {
        let database = MockDatabase()
        let reports = try await withThrowingTaskGroup(of: MigrationReport.self) { group in
            for _ in 0..<50 {
                group.addTask { try await Migrator(.linear(), MockConnection(database)).upgrade() }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.count == 50)
        #expect(reports.allSatisfy { $0.after == ["004"] })
        #expect(reports.flatMap(\.steps).map(\.revision) == ["001", "002", "003", "004"])
        #expect(await database.committed.tables["shop_version"] == ["004"])
    }

    @Test func waitingEndsAfterTheLockTimeout() async throws {
        let clock = ManualClock()
        var interference = MockConnection.Interference()
        // Each attempt waits a second by itself, as a database does.
        interference.begin = { (_) throws(DatabaseError) in
            clock.advance(by: .seconds(1))
            throw Self.busy
        }
        let connection = MockConnection(MockDatabase(), interference)
        let options = MigratorOptions(lockTimeout: .seconds(5))
        let migrator = try Migrator(.linear(), connection, options: options, clock: clock)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .lockTimeout)
        #expect(error?.message.contains("lock timeout of 5.0 seconds. The database does not tell which") == true)
        #expect((error?.underlying as? DatabaseError)?.message == "The database is locked.")
        // Five attempts and the pauses between them.
        #expect(clock.now.offset == .seconds(5) + .milliseconds(4 * 50))
        #expect(await connection.calls.filter { $0 == "BEGIN" }.count == 5)
    }

    @Test func aTimeoutOfZeroMakesOneAttempt() async throws {
        var interference = MockConnection.Interference()
        interference.begin = { (_) throws(DatabaseError) in throw Self.busy }
        let connection = MockConnection(MockDatabase(), interference)
        let migrator = try Migrator(.linear(), connection, options: MigratorOptions(lockTimeout: .zero))
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .lockTimeout)
        #expect(await connection.calls == ["SELECT * FROM shop_version", "BEGIN"])
    }

    @Test func theFirstReadWaitsForALockToo() async throws {
        let clock = ManualClock()
        var interference = MockConnection.Interference()
        interference.execute = { (number) throws(DatabaseError) in
            if number == 0, clock.now.offset < .milliseconds(100) { throw Self.busy }
        }
        let connection = MockConnection(MockDatabase(["shop_version": ["004"]]), interference)
        let report = try await Migrator(.linear(), connection, clock: clock).upgrade()
        #expect(report.steps.isEmpty)
        #expect(await connection.calls.count == 3)
    }

    @Test func otherErrorsOfTheBeginAreNotRetried() async throws {
        var interference = MockConnection.Interference()
        interference.begin = { (_) throws(DatabaseError) in throw DatabaseError(.readOnlyViolation, "Read-only.") }
        let connection = MockConnection(MockDatabase(), interference)
        let migrator = try Migrator(.linear(), connection)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.message == "Read-only.")
        #expect(await connection.calls == ["SELECT * FROM shop_version", "BEGIN"])
    }

    /// A program without the lock does the same work: what is there is not an error, and the version says what is left.
    @Test(arguments: [
        Set([DialectFeature.exclusiveWriteTransactions, .transactionalDDL]),
        Set([DialectFeature.transactionLocks, .transactionalDDL]), Set([DialectFeature.sessionLocks]),
    ])
    func aMigratorThatWasOvertakenBeginsAgainFromTheVersion(_ features: Set<DialectFeature>) async throws {
        let database = MockDatabase(["shop_version": ["001"]])
        var interference = MockConnection.Interference()
        interference.text = { (text) throws(DatabaseError) in
            guard text == "CREATE TABLE t_003", await database.committed.tables["t_003"] == nil else { return }
            await database.change { state in
                for table in ["t_002", "t_003"] { state.tables[table] = [] }
                state.tables["shop_version"] = ["003"]
            }
            throw DatabaseError(.duplicateObject, "There is a table t_003.")
        }
        let connection = MockConnection(database, interference)
        let report = try await Migrator(.linear(), connection, features: features).upgrade()
        #expect(report.after == ["004"])
        #expect(report.steps.last?.revision == "004")
        #expect(await database.committed.tables["shop_version"] == ["004"])
    }

    @Test func aRowThatAnotherOneIncludesIsDeleted() async throws {
        for (rows, steps) in [(["004", "001"], 0), (["001", "003"], 1)] {
            let database = MockDatabase(["shop_version": rows])
            let report = try await Migrator(.linear(), MockConnection(database)).upgrade()
            #expect(report.steps.count == steps)
            #expect(await database.committed.tables["shop_version"] == ["004"])
        }
    }
}

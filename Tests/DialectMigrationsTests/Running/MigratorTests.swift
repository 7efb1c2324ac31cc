import DialectCore
import DialectMigrations
import Testing

@Suite struct MigratorTests {
    @Test func anUpgradeRunsAndRecordsEachStepInOneTransaction() async throws {
        let connection = MockConnection(MockDatabase())
        let report = try await Migrator(.linear(), connection).upgrade(to: .revision("002"))
        #expect(
            await connection.calls == [
                "SELECT * FROM shop_version",
                "BEGIN",
                "CREATE TABLE IF NOT EXISTS shop_version",
                "SELECT * FROM shop_version",
                "CREATE TABLE t_001",
                "INSERT INTO shop_version (version_num) VALUES (?) | 001",
                "CREATE TABLE t_002",
                "UPDATE shop_version SET version_num = ? WHERE version_num = ? | 002 | 001",
                "COMMIT",
            ]
        )
        #expect(report.steps.map(\.revision) == ["001", "002"])
        #expect(report.steps.map(\.summary) == ["add t_001", "add t_002"])
        #expect(report.before == [] && report.after == ["002"])
    }

    @Test func aSecondUpgradeAsksForNoLock() async throws {
        let database = MockDatabase()
        try await Migrator(.linear(), MockConnection(database)).upgrade()
        let connection = MockConnection(database)
        let report = try await Migrator(.linear(), connection).upgrade()
        #expect(report.steps.isEmpty && report.after == ["004"])
        #expect(await connection.calls == ["SELECT * FROM shop_version"])
    }

    @Test func aDowngradeToBaseLeavesAnEmptyVersionTable() async throws {
        let database = MockDatabase()
        let migrator = try Migrator(.merged(), MockConnection(database))
        try await migrator.upgrade()
        let report = try await migrator.downgrade(to: .base)
        #expect(report.steps.map(\.revision) == ["m", "d", "c", "b", "a"])
        #expect(await database.committed.tables == ["shop_version": []])
    }

    @Test func currentOfANewDatabaseIsEmptyAndCreatesNothing() async throws {
        let database = MockDatabase()
        #expect(try await Migrator(.linear(), MockConnection(database)).current() == [])
        #expect(await database.committed.tables.isEmpty)
    }

    @Test func currentGivesTheRowsOfNewerVersionsToo() async throws {
        let database = MockDatabase(["shop_version": ["009", "003"]])
        #expect(try await Migrator(.linear(), MockConnection(database)).current() == ["003", "009"])
    }

    @Test func onlyAMissingTableCountsAsNeverMigrated() async throws {
        var interference = MockConnection.Interference()
        interference.execute = { (_) throws(DatabaseError) in throw DatabaseError(.permissionDenied, "No.") }
        let migrator = try Migrator(.linear(), MockConnection(MockDatabase(), interference))
        let error = await failure { () async throws(DatabaseError) in try await migrator.current() }
        #expect(error?.code == .permissionDenied)
    }

    @Test func aPlanReadsTheVersionAndNothingElse() async throws {
        let connection = MockConnection(MockDatabase(["shop_version": ["003"]]))
        let migrator = try Migrator(.linear(), connection)
        #expect(try await migrator.plans().flatMap(\.steps).map(\.revision) == ["004"])
        let back = try await migrator.plans(.downgrade, to: .revision("001"))
        #expect(back.flatMap(\.steps).map(\.revision) == ["003", "002"])
        #expect(await connection.calls == ["SELECT * FROM shop_version", "SELECT * FROM shop_version"])
    }

    @Test func eventsComeInOrderWithTheTimeThatEachStepTook() async throws {
        let clock = ManualClock()
        var interference = MockConnection.Interference()
        interference.execute = { (_) throws(DatabaseError) in clock.advance(by: .milliseconds(10)) }
        let connection = MockConnection(MockDatabase(["shop_version": ["002"]]), interference)
        var events: [String] = []
        try await Migrator(.linear(), connection, clock: clock).upgrade { event in
            switch event {
            case .waitingForLock: events.append("waiting")
            case .stepStarted(let step, let number, let count):
                events.append("\(step.revision) is \(number) of \(count)")
            case .stepFinished(let step, let duration): events.append("\(step.revision) took \(duration)")
            case .finished(let report): events.append("at \(report.after), ran \(report.steps.count)")
            }
        }
        #expect(
            events == [
                "waiting",
                "003 is 1 of 2", "003 took 0.02 seconds",
                "004 is 2 of 2", "004 took 0.02 seconds",
                "at [004], ran 2",
            ]
        )
    }

    @Test func withNothingToDoTheOnlyEventIsTheEnd() async throws {
        var events = 0
        try await Migrator(.linear(), MockConnection(MockDatabase(["shop_version": ["004"]]))).upgrade { event in
            guard case .finished = event else { return #expect(Bool(false), "\(event)") }
            events += 1
        }
        #expect(events == 1)
    }

    @Test(arguments: [
        Set([DialectFeature.transactionalDDL]), Set([DialectFeature.exclusiveWriteTransactions]),
        Set([DialectFeature.transactionLocks]), Set(),
    ])
    func aDialectWithoutTheLocksFeaturesIsRefused(features: Set<DialectFeature>) async throws {
        let connection = MockConnection(MockDatabase())
        let dialect = MockDialect(features: features)
        let migrator = try Migrator(.linear(), dialect: dialect, connection: connection)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .unsupportedFeature)
        #expect(error?.message.contains("'Mock'") == true)
        for feature in ["transactionalDDL", "exclusiveWriteTransactions", "transactionLocks", "sessionLocks"] {
            #expect(error?.message.contains(feature) == true)
        }
        #expect(await connection.calls.isEmpty)
    }
}

extension Migrator {
    init(
        _ chain: MigrationChain,
        _ connection: any Connection,
        features: Set<DialectFeature> = MockDialect().features,
        options: MigratorOptions = MigratorOptions(),
        clock: ManualClock = ManualClock()
    ) {
        let dialect = MockDialect(features: features)
        self.init(chain, dialect: dialect, connection: connection, options: options, clock: clock)
    }
}

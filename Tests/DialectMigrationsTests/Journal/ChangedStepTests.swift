import DialectCore
import DialectMigrations
import Testing

/// What is kept of applied steps.
@Suite struct ChangedStepTests {
    private static let features: [Set<DialectFeature>] = [
        [.exclusiveWriteTransactions, .transactionalDDL], [.transactionLocks, .transactionalDDL], [.sessionLocks],
    ]

    private func chain(_ statement: Statement = "FILL \(1)", keepsJournal: Bool = true) throws -> MigrationChain {
        try .test(
            [
                TestStep("001"),
                TestStep(
                    "002",
                    after: "001",
                    upgrade: [
                        .createIndex(Index("ix", on: "t_001", ["id"])), .statement(statement),
                        .data(summary: "copy the names") { (_) throws(DatabaseError) in },
                    ],
                    downgrade: [.statement("UNFILL")]
                ),
            ],
            keepsJournal: keepsJournal
        )
    }

    @Test(arguments: features) func theStatementsOfAppliedStepsAreKept(_ features: Set<DialectFeature>) async throws {
        let database = MockDatabase()
        let migrator = Migrator(try chain(), MockConnection(database), features: features)
        try await migrator.upgrade()
        let kept = ["001 CREATE TABLE t_001 applied"]
        #expect(
            await database.committed.journal.lines == kept + [
                "002 CHECK ix applied", "002 INDEX ix applied", "002 FILL ? applied", "002 -- copy the names applied",
            ]
        )
        #expect(try await migrator.changedSteps() == [])
        try await migrator.downgrade(to: .revision("001"))
        #expect(await database.committed.journal.lines == kept)
    }

    @Test(arguments: features) func aChangedStepIsShownWithBothTexts(_ features: Set<DialectFeature>) async throws {
        let database = MockDatabase()
        try await Migrator(chain(), MockConnection(database), features: features).upgrade()
        let changed = try Migrator(chain("SPILL"), MockConnection(database), features: features)
        let steps = try await changed.changedSteps()
        #expect(steps.map(\.revision) == ["002"])
        #expect(steps.first?.applied == ["CHECK ix", "INDEX ix", "FILL ?", "-- copy the names"])
        #expect(steps.first?.current == ["CHECK ix", "INDEX ix", "SPILL", "-- copy the names"])
    }

    @Test func aChangedValueIsAChangeToo() async throws {
        let database = MockDatabase()
        try await Migrator(chain(), MockConnection(database)).upgrade()
        let steps = try await Migrator(chain("FILL \(2)"), MockConnection(database)).changedSteps()
        #expect(steps.map(\.revision) == ["002"])
        #expect(steps.first?.applied == steps.first?.current)
    }

    @Test func theBoundValuesAreNotKept() async throws {
        let database = MockDatabase()
        try await Migrator(chain("FILL \("secret")"), MockConnection(database)).upgrade()
        #expect(await !"\(database.committed.journal)".contains("secret"))
    }

    @Test func aLongStatementIsCutAndItsEndStillCounts() async throws {
        let database = MockDatabase()
        let long = String(repeating: "é", count: 20_000)
        try await Migrator(chain(Statement(unsafe: "FILL \(long) 1")), MockConnection(database)).upgrade()
        let same = try Migrator(chain(Statement(unsafe: "FILL \(long) 1")), MockConnection(database))
        #expect(try await same.changedSteps() == [])
        let other = try await Migrator(chain(Statement(unsafe: "FILL \(long) 2")), MockConnection(database))
            .changedSteps()
        #expect(other.map(\.revision) == ["002"])
        #expect(other.first?.applied.allSatisfy { $0.utf8.count <= 16_000 } == true)
    }

    @Test(arguments: features) func aChainThatKeepsNoJournalLeavesNoTable(_ features: Set<DialectFeature>) async throws
    {
        let database = MockDatabase()
        let migrator = Migrator(try chain(keepsJournal: false), MockConnection(database), features: features)
        try await migrator.upgrade()
        #expect(await database.committed.tables["shop_version_journal"] == nil)
        #expect(try await migrator.changedSteps() == [])
    }

    @Test func whatSomebodyElseAppliedHasNotChanged() async throws {
        let database = MockDatabase(["shop_version": ["002"]])
        #expect(try await Migrator(chain(), MockConnection(database)).changedSteps() == [])
    }
}

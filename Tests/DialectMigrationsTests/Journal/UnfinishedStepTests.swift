import DialectCore
import DialectMigrations
import Testing

/// Steps that a migrator left in the middle, on a database that commits schema operations at once.
@Suite struct UnfinishedStepTests {
    private static let lost = DatabaseError(.connectionLost, "The server went away.")
    private static let full = DatabaseError(.storageFull, "The disk is full.")

    private static let rowChange: Statement = "DELETE FROM t WHERE a = \("x")"
    private static let rowChangeText = "DELETE FROM t WHERE a = ?"

    /// A step that changes rows between two statements of which nothing tells whether they were done.
    private func chain(
        _ statements: [Statement] = ["INDEX a", Self.rowChange, "INDEX b"],
        downgrade: [MigrationOperation] = [.statement("UNINDEX b")]
    ) throws -> MigrationChain {
        try .test([
            TestStep("001", upgrade: [], downgrade: []),
            TestStep("002", after: "001", upgrade: statements.map { .statement($0) }, downgrade: downgrade),
        ])
    }

    private func upgrade(
        _ chain: MigrationChain,
        _ database: MockDatabase,
        _ interference: MockConnection.Interference = .init(),
        to target: MigrationTarget = .head
    ) async -> DatabaseError? {
        let migrator = Migrator(chain, MockConnection(database, interference), features: SessionLockTests.features)
        return await failure { () async throws(DatabaseError) in try await migrator.upgrade(to: target) }
    }

    @Test func aStatementThatFailedMayBeMended() async throws {
        let database = MockDatabase()
        _ = await upgrade(try chain(), database, .failing(at: "INDEX b", with: Self.full))
        #expect(await database.committed.journal.lines == ["002 INDEX a done", "002 \(Self.rowChangeText) done"])
        let mended = try chain(["INDEX a", Self.rowChange, "INDEX c", "INDEX d"])
        #expect(await upgrade(mended, database) == nil)
        #expect(await database.committed.notes == ["INDEX a", "INDEX c", "INDEX d"])
        #expect(await database.committed.tables["shop_version"] == ["002"])
    }

    @Test func whatIsDoneMustNotBeChanged() async throws {
        let database = MockDatabase()
        _ = await upgrade(try chain(), database, .failing(at: "INDEX b", with: Self.full))
        let error = try #require(await upgrade(try chain(["INDEX other", Self.rowChange, "INDEX b"]), database))
        #expect(error.code == .invalidMigration)
        #expect(error.message.contains("It was begun with other statements than the step has now"))
        #expect(error.message.contains("stamp '002'"))
        #expect(await database.committed.notes == ["INDEX a"])
    }

    @Test func aStatementOfUnknownOutcomeIsNotGuessed() async throws {
        let database = MockDatabase()
        _ = await upgrade(try chain(), database, .failing(at: "INDEX b", with: Self.lost))
        let error = try #require(await upgrade(try chain(), database))
        #expect(error.code == .invalidMigration)
        #expect(error.message.contains("upgrade 002 (add t_002), operation 3 of 3"))
        #expect(error.message.contains("whether it was done cannot be told"))
        #expect(error.message.contains("either complete the step by hand and stamp '002'"))
        #expect(await database.committed.notes == ["INDEX a"])

        // The operator completes it and says so.
        await database.change { $0.tables["shop_version"] = ["002"] }
        #expect(await upgrade(try chain(), database) == nil)
        #expect(await database.committed.tables["shop_version_journal"] == nil)
    }

    @Test func aRowChangeOfUnknownOutcomeIsKnownByItsMark() async throws {
        let database = MockDatabase()
        _ = await upgrade(try chain(), database, .failing(at: Self.rowChangeText, with: Self.lost))
        #expect(await upgrade(try chain(), database) == nil)
        #expect(await database.committed.notes == ["INDEX a", "INDEX b"])
    }

    @Test func anUnfinishedStepIsFinishedBeforeAnyOther() async throws {
        let database = MockDatabase()
        _ = await upgrade(try chain(), database, .failing(at: "INDEX b", with: Self.full))
        let migrator = Migrator(try chain(), MockConnection(database), features: SessionLockTests.features)
        let error = await failure { () async throws(DatabaseError) in try await migrator.downgrade(to: .base) }
        #expect(error?.message.contains("The upgrade of '002' was begun and not finished") == true)
        #expect(error?.message.contains("Finish it first: upgrade to '002'.") == true)
        // An older release, which needs no more than is there, is not kept from starting.
        #expect(await upgrade(try chain(), database, to: .revision("001")) == nil)
        #expect(await database.committed.journal.lines.count == 2)
    }

    @Test func aDowngradeThatWasNotFinishedIsNotTakenForAnAppliedStep() async throws {
        let database = MockDatabase()
        let chain = try chain(downgrade: [.statement("UNINDEX b"), .statement("UNINDEX a")])
        #expect(await upgrade(chain, database) == nil)
        let failing = MockConnection(database, .failing(at: "UNINDEX a", with: Self.full))
        let migrator = Migrator(chain, failing, features: SessionLockTests.features)
        _ = await failure { () async throws(DatabaseError) in try await migrator.downgrade(to: .revision("001")) }
        let error = try #require(await upgrade(chain, database))
        #expect(error.message.contains("The downgrade of '002' was begun and not finished"))
        let healthy = Migrator(chain, MockConnection(database), features: SessionLockTests.features)
        try await healthy.downgrade(to: .revision("001"))
        #expect(await database.committed.tables["shop_version"] == ["001"])
    }
}

import DialectCore
import DialectMigrations
import Testing

@Suite struct MigratorFailureTests {
    /// Two steps with every kind of operation that reaches the database.
    private func chain() throws -> MigrationChain {
        try .test([
            TestStep("001"),
            TestStep(
                "002",
                after: "001",
                upgrade: [
                    .createIndex(Index("ix", on: "t_001", ["id"])),
                    .statement("FILL \("secret")"),
                    .data(summary: "copy the names") { (connection) throws(DatabaseError) in
                        _ = try await connection.execute("COPY")
                    },
                ]
            ),
        ])
    }

    private func upgrade(_ connection: MockConnection, _ chain: MigrationChain) async -> DatabaseError? {
        await failure { () async throws(DatabaseError) in try await Migrator(chain, connection).upgrade() }
    }

    @Test func aFailureAtAnyStatementRollsEverythingBack() async throws {
        let places = [
            "at the creation of the table 'shop_version'",
            "at the reading of the version table 'shop_version'",
            "at upgrade 001 (add t_001), operation 1 of 1 (create table t_001)",
            "at upgrade 001 (add t_001), the record of its version",
            "at upgrade 002 (add t_002), operation 1 of 3 (create index ix on t_001)",
            "at upgrade 002 (add t_002), operation 1 of 3 (create index ix on t_001)",
            "at upgrade 002 (add t_002), operation 2 of 3 (run a statement)",
            "at upgrade 002 (add t_002), operation 3 of 3 (copy the names)",
            "at upgrade 002 (add t_002), the record of its version",
        ]
        for (index, place) in places.enumerated() {
            let database = MockDatabase(["kept": ["row"]])
            let before = await database.committed
            var interference = MockConnection.Interference()
            interference.execute = { (number) throws(DatabaseError) in
                guard number == index + 1 else { return }
                throw DatabaseError(.storageFull, "The disk is full.", sqlState: "53100", vendorCode: 13)
            }
            let connection = MockConnection(database, interference)
            let error = try #require(await upgrade(connection, chain()))
            #expect(error.code == .storageFull && error.sqlState == "53100" && error.vendorCode == 13)
            #expect(
                error.message
                    == "The migration of 'shop' failed \(place): The disk is full. Everything was rolled back: nothing was "
                    + "changed."
            )
            #expect((error.underlying as? DatabaseError)?.message == "The disk is full.")
            #expect(await database.committed == before)
            #expect(await connection.lastChange == "ROLLBACK")
        }
        let database = MockDatabase()
        #expect(try await upgrade(MockConnection(database), chain()) == nil)
        #expect(await database.committed.notes == ["CHECK ix", "INDEX ix", "FILL ?", "COPY"])
    }

    @Test(arguments: [0, 2]) func aRowWriteThatDoesNotHitOneRowRollsBack(_ hit: Int) async throws {
        let database = MockDatabase(["shop_version": ["003"]])
        let before = await database.committed
        var interference = MockConnection.Interference()
        interference.affectedRows = { _ in hit }
        let connection = MockConnection(database, interference)
        let error = try #require(await upgrade(connection, .linear()))
        #expect(error.code == .invalidMigration)
        #expect(error.table == "shop_version")
        #expect(error.message.contains("To update '003' to '004' in 'shop_version' changed \(hit) rows"))
        #expect(error.message.contains("nothing was changed"))
        #expect(await database.committed == before)
        #expect(await connection.lastChange == "ROLLBACK")
    }

    @Test func aFailedCommitIsRolledBack() async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.commit = { () throws(DatabaseError) in throw DatabaseError(.foreignKeyViolation, "No user.") }
        let connection = MockConnection(database, interference)
        let error = try #require(await upgrade(connection, .linear()))
        #expect(error.code == .foreignKeyViolation)
        #expect(error.message.contains("failed at the commit: No user. Everything was rolled back"))
        #expect(await database.committed == .init())
        #expect(await connection.calls.suffix(3) == ["COMMIT", "ROLLBACK", "SELECT * FROM shop_version"])
    }

    @Test func anUnknownCommitOutcomeIsNotCalledUnchanged() async throws {
        var interference = MockConnection.Interference()
        interference.commit = { () throws(DatabaseError) in throw DatabaseError(.commitOutcomeUnknown, "Gone") }
        let error = try #require(await upgrade(MockConnection(MockDatabase(), interference), .linear()))
        #expect(error.code == .commitOutcomeUnknown)
        #expect(error.message.contains("Gone. Either every step was applied or none"))
        #expect(!error.message.contains("nothing was changed"))
    }

    @Test func aFailedRollbackHidesNeitherError() async throws {
        var interference = MockConnection.Interference()
        interference.execute = { (number) throws(DatabaseError) in
            if number == 3 { throw DatabaseError(.connectionLost, "The server went away.") }
        }
        interference.rollBack = { () throws(DatabaseError) in throw DatabaseError(.connectionClosed, "No session.") }
        let error = try #require(await upgrade(MockConnection(MockDatabase(), interference), .linear()))
        #expect(error.code == .connectionLost && error.isRetryable)
        #expect(error.message.contains("The server went away."))
        #expect(error.message.contains("The rollback failed as well (connectionClosed: No session.)"))
    }

    @Test func whatTheDialectCannotDoIsRefusedBeforeTheFirstStepRuns() async throws {
        let chain = try MigrationChain.test([
            TestStep("001"),
            TestStep("002", after: "001", upgrade: [.dropTable("x"), .renameTable("y", to: "z")])
                .adopting(["x", "y"]),
        ])
        let connection = MockConnection(MockDatabase())
        let error = try #require(await upgrade(connection, chain))
        #expect(error.code == .unsupportedFeature)
        #expect(error.message.contains("upgrade 002 (add t_002), operation 2 of 2: Mock cannot rename table y to z."))
        #expect(await !connection.calls.contains { $0.contains("t_001") })
        #expect(await connection.lastChange == "ROLLBACK")
    }

    @Test func aNewerDatabaseIsLeftWithoutALock() async throws {
        let connection = MockConnection(MockDatabase(["shop_version": ["005"]]))
        let error = try #require(await upgrade(connection, .linear()))
        #expect(error.message.contains("newer version"))
        #expect(await connection.calls == ["SELECT * FROM shop_version"])
    }

    @Test func anIrreversibleDowngradeRunsNothing() async throws {
        let chain = try MigrationChain.test([
            TestStep("001", downgrade: [.irreversible(reason: "the names are gone")]), TestStep("002", after: "001"),
        ])
        let connection = MockConnection(MockDatabase(["shop_version": ["002"]]))
        let error = await failure { () async throws(DatabaseError) in
            try await Migrator(chain, connection).downgrade(to: .base)
        }
        #expect(error?.message.contains("the names are gone") == true)
        #expect(await connection.calls == ["SELECT * FROM shop_version"])
    }

    @Test func theMessageShowsNoBoundValue() async throws {
        var interference = MockConnection.Interference()
        interference.execute = { (number) throws(DatabaseError) in
            if number == 7 { throw DatabaseError(.other, "It failed.") }
        }
        let error = try #require(await upgrade(MockConnection(MockDatabase(), interference), chain()))
        #expect(error.message.contains("operation 2 of 3 (run a statement)"))
        #expect(!String(reflecting: error).contains("secret"))
    }
}

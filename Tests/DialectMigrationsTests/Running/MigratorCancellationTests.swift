import DialectCore
import DialectMigrations
import Testing

@Suite struct MigratorCancellationTests {
    /// Cancels the current task, which an interference runs in.
    private static func cancel() { withUnsafeCurrentTask { $0?.cancel() } }

    /// The error of an upgrade in a task of its own.
    private func failureOfUpgrade(_ chain: MigrationChain, _ connection: MockConnection) async -> DatabaseError? {
        await Task {
            await failure { () async throws(DatabaseError) in try await Migrator(chain, connection).upgrade() }
        }.value
    }

    @Test(arguments: 1...10) func cancellingAtAnyStatementRollsBack(_ statement: Int) async throws {
        let database = MockDatabase(["kept": ["row"]])
        let before = await database.committed
        var interference = MockConnection.Interference()
        interference.execute = { (number) throws(DatabaseError) in
            guard number == statement else { return }
            Self.cancel()
            throw DatabaseError(.cancelled, "The statement was cancelled.")
        }
        let connection = MockConnection(database, interference)
        let error = try #require(await failureOfUpgrade(.linear(), connection))
        #expect(error.code == .cancelled)
        #expect(error.message.contains("The migration of 'shop' ended at "))
        #expect(error.message.contains("nothing was changed"))
        #expect(await database.committed == before)
        #expect(await connection.lastChange == "ROLLBACK")
    }

    @Test func cancellingBetweenOperationsRunsNoOther() async throws {
        let chain = try MigrationChain.test([
            TestStep(
                "001",
                upgrade: [
                    .data(summary: "cancel") { (_) throws(DatabaseError) in Self.cancel() },
                    .data(summary: "late") { (_) throws(DatabaseError) in Issue.record("ran after the cancellation") },
                ]
            )
        ])
        let connection = MockConnection(MockDatabase())
        let error = try #require(await failureOfUpgrade(chain, connection))
        #expect(error.code == .cancelled)
        #expect(error.message.contains("operation 2 of 2 (late)"))
        #expect(await connection.lastChange == "ROLLBACK")
    }

    @Test func cancellingTheWaitForTheLockEndsIt() async throws {
        var interference = MockConnection.Interference()
        interference.begin = { (attempt) throws(DatabaseError) in
            if attempt == 2 { Self.cancel() }
            throw DatabaseError(.lockTimeout, "The database is locked.")
        }
        let connection = MockConnection(MockDatabase(), interference)
        let error = try #require(await failureOfUpgrade(.linear(), connection))
        #expect(error.code == .cancelled)
        #expect(await connection.calls.filter { $0 == "BEGIN" }.count == 2)
    }

    @Test func cancellingDuringTheCommitKeepsTheWork() async throws {
        let database = MockDatabase()
        var interference = MockConnection.Interference()
        interference.commit = { Self.cancel() }
        #expect(try await failureOfUpgrade(.linear(), MockConnection(database, interference)) == nil)
        #expect(await database.committed.tables["shop_version"] == ["004"])
    }
}

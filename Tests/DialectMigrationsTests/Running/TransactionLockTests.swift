import DialectCore
import DialectMigrations
import Testing

/// Databases that undo schema operations but let many write at once.
@Suite struct TransactionLockTests {
    private static let features: Set<DialectFeature> = [.transactionalDDL, .transactionLocks]
    private static let begin = "BEGIN \(TransactionOptions(isolationLevel: .readCommitted))"
    private static let lock = "LOCK transaction | schema migration"
    private static let lease = "LEASE transaction | 30.0 seconds"

    @Test func everythingRunsInTheTransactionThatHasTheLock() async throws {
        let connection = MockConnection(MockDatabase(["shop_version": ["003"]]))
        try await Migrator(.linear(), connection, features: Self.features).upgrade()
        #expect(
            await connection.calls == [
                "SELECT * FROM shop_version", Self.begin, Self.lock, Self.lease,
                "CREATE TABLE IF NOT EXISTS shop_version", "SELECT * FROM shop_version", "CREATE TABLE t_004",
                "UPDATE shop_version SET version_num = ? WHERE version_num = ? | 004 | 003", "COMMIT",
            ]
        )
    }

    @Test func waitingForTheLockHoldsNoTransactionAndReadsTheVersionAgain() async throws {
        let database = MockDatabase(["shop_version": ["001"]])
        let clock = ManualClock()
        var interference = MockConnection.Interference()
        interference.tryLock = { attempt in
            if attempt == 2 { await database.change { $0.tables["shop_version"] = ["004"] } }
            return attempt > 2
        }
        let connection = MockConnection(database, interference)
        let report = try await Migrator(.linear(), connection, features: Self.features, clock: clock).upgrade()
        #expect(report.steps.isEmpty && report.before == ["004"])
        #expect(
            await connection.calls == [
                "SELECT * FROM shop_version", Self.begin, Self.lock, "ROLLBACK", Self.begin, Self.lock, "ROLLBACK",
                Self.begin, Self.lock, Self.lease, "CREATE TABLE IF NOT EXISTS shop_version",
                "SELECT * FROM shop_version", "COMMIT",
            ]
        )
        #expect(clock.now.offset == .milliseconds(100))
    }

    @Test func waitingEndsAfterTheLockTimeout() async throws {
        var interference = MockConnection.Interference()
        interference.tryLock = { _ in false }
        let database = MockDatabase()
        let connection = MockConnection(database, interference)
        let options = MigratorOptions(lockTimeout: .seconds(1))
        let migrator = try Migrator(.linear(), connection, features: Self.features, options: options)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .lockTimeout)
        #expect(await connection.calls.last == "ROLLBACK")
        #expect(await connection.calls.count { $0 == Self.lock } == 21)
        #expect(await database.committed == .init())
    }

    @Test func anErrorOfTheLockEndsTheTransaction() async throws {
        var interference = MockConnection.Interference()
        interference.tryLock = { (_) throws(DatabaseError) in throw DatabaseError(.permissionDenied, "No.") }
        let connection = MockConnection(MockDatabase(), interference)
        let migrator = try Migrator(.linear(), connection, features: Self.features)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.message == "No.")
        #expect(await connection.calls == ["SELECT * FROM shop_version", Self.begin, Self.lock, "ROLLBACK"])
    }

    @Test func aFailureLeavesNothing() async throws {
        let database = MockDatabase(["shop_version": ["001"]])
        let before = await database.committed
        var interference = MockConnection.Interference()
        interference.execute = { (number) throws(DatabaseError) in
            if number == 5 { throw DatabaseError(.storageFull, "The disk is full.") }
        }
        let migrator = try Migrator(.linear(), MockConnection(database, interference), features: Self.features)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.message.hasSuffix("Everything was rolled back: nothing was changed.") == true)
        #expect(await database.committed == before)
    }

    @Test func aConnectionWithoutLocksIsRefused() async throws {
        let migrator = try Migrator(.linear(), LocklessConnection(), features: Self.features)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .unsupportedFeature)
        #expect(error?.message.contains("AdvisoryLocking") == true)
    }
}

private final class LocklessConnection: Connection {
    let preferredExecutor: (any TaskExecutor)? = nil
    let isLost = false
    let isClean = false

    func execute(_ statement: Statement) async -> StatementResult { StatementResult() }
    func begin(_ options: TransactionOptions) {}
    func commit() {}
    func rollBack() {}
    func savepoint(_ action: SavepointAction) {}
    func ping() {}
    func reset() {}
    func close() {}
}

import DialectCore
import DialectMigrations
import TestSupport
import Testing

@testable import AuthFort

/// What a migrator that has stopped or died in the middle does to the next one.
@Suite struct StoppedMigratorTests {
    /// Before this call every kind of migrator has the lock and has made some tables.
    private static let call = 16

    @Test(arguments: DatabaseKind.available)
    func aKilledMigratorLetsTheNextOneIn(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let stopped = try await StoppedMigrator(database.url, beforeCall: Self.call)
            let waiting = await #expect(throws: DatabaseError.self) {
                try await migrate(database, lockTimeout: .milliseconds(200))
            }
            #expect(waiting?.code == .lockTimeout)
            await stopped.kill()
            // It must not take longer until the database has noticed.
            let report = try await migrate(database, lockTimeout: .seconds(5))
            #expect(report.after == ["006"])
        }
    }

    @Test(arguments: DatabaseKind.available.filter { $0 != .sqlite })
    func aMigratorThatWaitsForAStoppedOneNamesIt(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let stopped = try await StoppedMigrator(database.url, beforeCall: Self.call)
            let session = try await database.otherSessions().first
            let error = await #expect(throws: DatabaseError.self) {
                try await migrate(database, lockTimeout: .milliseconds(200))
            }
            let holder = kind == .postgreSQL ? "process \(session ?? "none")" : "connection \(session ?? "none")"
            #expect(error?.message.contains("It is held by \(holder) of user 'tester'") == true, "\(error as Any)")
            #expect(error?.message.contains("from 127.0.0.1:") == true)
            #expect(error?.message.contains("Nothing was changed meanwhile") == true)
            await stopped.kill()
        }
    }

    /// Everything a migrator writes goes through the session that has the lock, so ending that session fences it off.
    @Test(arguments: DatabaseKind.available.filter { $0 != .sqlite })
    func aStoppedMigratorWhoseSessionWasEndedWritesNothingMore(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let stopped = try await StoppedMigrator(database.url, beforeCall: Self.call)
            for session in try await database.otherSessions() { try await database.endSession(session) }
            #expect(try await migrate(database, lockTimeout: .seconds(60)).after == ["006"])
            let catalog = try await database.catalog()
            #expect(await stopped.goOn() == 1)
            #expect(try await database.catalog() == catalog)
            #expect(try await migrate(database, lockTimeout: .zero).steps.isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.available.filter { $0 != .sqlite })
    func aMigratorThatStandsStillPastItsLeaseIsFencedOff(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let stopped = try await StoppedMigrator(database.url, beforeCall: Self.call, lease: .seconds(2))
            #expect(try await migrate(database, lockTimeout: .seconds(60)).after == ["006"])
            let catalog = try await database.catalog()
            #expect(await stopped.goOn() == 1)
            #expect(try await database.catalog() == catalog)
            #expect(try await migrate(database, lockTimeout: .zero).steps.isEmpty)
        }
    }

    @discardableResult
    private func migrate(_ database: TestDatabase, lockTimeout: Duration) async throws -> MigrationReport {
        try await AuthFort.withAuthFort(databaseURL: database.url) { auth in
            try await auth.migrate(options: MigratorOptions(lockTimeout: lockTimeout))
        }
    }
}

extension TestDatabase {
    /// The numbers of the sessions on this database besides the one that asks.
    fileprivate func otherSessions() async throws -> [String] {
        let list =
            switch kind {
            case .postgreSQL:
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            default: "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
            }
        return try await query(list).split(separator: "\n").map(String.init)
    }

    fileprivate func endSession(_ session: String) async throws {
        try await query(kind == .postgreSQL ? "SELECT pg_terminate_backend(\(session), 10000)" : "KILL \(session)")
    }
}

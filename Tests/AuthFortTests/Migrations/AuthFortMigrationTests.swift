import DialectCore
import DialectEngine
import DialectMigrations
import Foundation
import TestSupport
import Testing

@testable import AuthFort

@Suite struct AuthFortMigrationTests {
    private static let allRevisions: [Revision] = ["001", "002", "003", "004", "005", "006"]

    @Test(arguments: DatabaseKind.available)
    func schemaEqualsThePythonLibrarysSchema(_ kind: DatabaseKind) async throws {
        let golden = try await kind.withDatabase { database in
            try await database.loadGoldenSchema()
            return try await database.catalog()
        }
        let ours = try await kind.withDatabase { database in
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await auth.migrate() }
            return try await database.catalog()
        }
        #expect(ours.count > 100)
        #expect(ours.filter { !golden.contains($0) } == [])
        #expect(golden.filter { !ours.contains($0) } == [])
    }

    @Test(arguments: DatabaseKind.available)
    func secondMigrationAppliesNothing(_ kind: DatabaseKind) async throws {
        try await withAuthFort(on: kind) { auth, _ in
            let first = try await auth.migrate()
            let second = try await auth.migrate()
            #expect(first.steps.map(\.revision) == Self.allRevisions)
            #expect(second.steps.isEmpty)
            #expect(try await auth.currentRevisions() == ["006"])
        }
    }

    @Test(arguments: DatabaseKind.available)
    func currentOfAnEmptyDatabaseIsEmptyAndCreatesNothing(_ kind: DatabaseKind) async throws {
        try await withAuthFort(on: kind) { auth, database in
            let revisions = try await auth.currentRevisions()
            let catalog = try await database.catalog()
            #expect(revisions == [])
            #expect(catalog == [])
        }
    }

    @Test(arguments: DatabaseKind.available)
    func everyStepGoesDownAndUpAgain(_ kind: DatabaseKind) async throws {
        try await withAuthFort(on: kind) { auth, database in
            try await auth.migrate()
            let before = try await database.catalog()
            try await Engine.withEngine(url: database.url) { engine in
                try await engine.withConnection { connection in
                    let migrator = try Migrator(
                        AuthFortChain.chain(),
                        dialect: engine.dialect,
                        connection: connection
                    )
                    #expect(try await migrator.downgrade(to: .base).steps.count == 6)
                }
            }
            #expect(try await auth.currentRevisions() == [])
            try await auth.migrate()
            #expect(try await database.catalog() == before)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func rowsSurviveTheWayDownAndUp(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await Engine.withEngine(url: database.url) { engine in
                try await migrate(engine, to: .revision("001"))
                try await SampleRows.insert(with: engine)
                let rows = try await SampleRows.read(with: engine)
                #expect(rows.count == 19)
                try await migrate(engine, to: .head)
                #expect(try await SampleRows.read(with: engine) == rows)
                for revision: Revision in ["005", "004", "003", "002", "001"] {
                    try await engine.withConnection { connection in
                        _ = try await Migrator(AuthFortChain.chain(), dialect: engine.dialect, connection: connection)
                            .downgrade(to: .revision(revision))
                    }
                    #expect(try await SampleRows.read(with: engine) == rows, "at \(revision)")
                }
                try await migrate(engine, to: .head)
                #expect(try await SampleRows.read(with: engine) == rows)
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func sessionsThatExistBecomeTheirOwn(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await Engine.withEngine(url: database.url) { engine in
                try await migrate(engine, to: .revision("001"))
                let (user, token) = (UUID(), UUID())
                let time = Timestamp(microsecondsSinceEpoch: 1_900_000_000_000_000)
                try await engine.execute(
                    """
                    INSERT INTO authfort_users (id, email, created_at, updated_at)
                    VALUES (\(user), 'a@example.com', \(time), \(time))
                    """
                )
                try await engine.execute(
                    """
                    INSERT INTO authfort_refresh_tokens (id, user_id, token_hash, expires_at, created_at)
                    VALUES (\(token), \(user), 'x', \(time), \(time))
                    """
                )
                try await migrate(engine, to: .revision("002"))
                let result = try await engine.execute("SELECT session_id FROM authfort_refresh_tokens")
                #expect(try result.rows.first?.decode(UUID.self, at: 0) == token)
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func unknownNewerRevisionIsRefusedAndNothingChanges(_ kind: DatabaseKind) async throws {
        try await withAuthFort(on: kind) { auth, database in
            try await auth.migrate()
            try await Engine.withEngine(url: database.url) { engine in
                try await engine.execute("UPDATE authfort_alembic_version SET version_num = '007'")
            }
            let error = await #expect(throws: DatabaseError.self) { try await auth.migrate() }
            #expect(error?.code == .invalidMigration)
            #expect(error?.message.contains("007") == true)
            #expect(try await auth.currentRevisions() == ["007"])
        }
    }

    @Test(arguments: DatabaseKind.available)
    func manyMigratorsAtOnceApplyEachRevisionOnce(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in try await migrateAtOnce(database.url, 20) }
    }

    /// Each transaction may run in another of the server's sessions there.
    @Test(.enabled(if: PgBouncer.isAvailable)) func throughAPoolerTooEachRevisionIsAppliedOnce() async throws {
        let server = try await PostgreSQLServer.shared()
        try await DatabaseKind.postgreSQL.withDatabase { database in
            try await PgBouncer.with(before: server) { bouncer in
                try await migrateAtOnce(server.url(database: database.name, port: bouncer.port), 5)
            }
        }
    }

    private func migrateAtOnce(_ url: String, _ count: Int) async throws {
        let reports = try await withThrowingTaskGroup(of: MigrationReport.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await AuthFort.withAuthFort(databaseURL: url) { auth in try await auth.migrate() }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.allSatisfy { $0.after == ["006"] })
        #expect(reports.flatMap(\.steps).map(\.revision).sorted() == Self.allRevisions)
    }

    private func withAuthFort(
        on kind: DatabaseKind,
        _ body: (AuthFort, TestDatabase) async throws -> Void
    ) async throws {
        try await kind.withDatabase { database in
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await body(auth, database) }
        }
    }
}

private func migrate(_ engine: Engine, to target: MigrationTarget) async throws {
    try await engine.withConnection { connection in
        try await Migrator(AuthFortChain.chain(), dialect: engine.dialect, connection: connection).upgrade(to: target)
    }
}

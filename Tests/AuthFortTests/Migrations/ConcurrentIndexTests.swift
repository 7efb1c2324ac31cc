import DialectCore
import DialectEngine
import DialectMigrations
import TestSupport
import Testing

/// Indexes that are made while others write, which PostgreSQL does outside of transactions only.
@Suite(.enabled(if: DatabaseKind.available.contains(.postgreSQL))) struct ConcurrentIndexTests {
    private static let index = Index("ix_things_code", on: "things", ["code"], unique: true)

    private struct Step: MigrationStep {
        let revision: Revision
        let parents: [Revision]
        let summary = "test"
        let upgrade: [MigrationOperation]
        let downgrade: [MigrationOperation] = []
    }

    private func chain() throws -> MigrationChain {
        let things = Table("things", columns: [Column("id", .integer), Column("code", .integer)])
        return try MigrationChain(
            "things",
            versionTable: "things_version",
            steps: [
                Step(
                    revision: "1",
                    parents: [],
                    upgrade: [.createTable(things), .statement("INSERT INTO things (id, code) VALUES (1, 5), (2, 5)")]
                ),
                Step(revision: "2", parents: ["1"], upgrade: [.createIndex(Self.index, concurrently: true)]),
            ]
        )
    }

    @Test func whatAFailedAttemptLeavesIsMadeAgain() async throws {
        try await DatabaseKind.postgreSQL.withDatabase { database in
            try await Engine.withEngine(url: database.url) { engine in
                try await engine.withConnection { connection in
                    let migrator = Migrator(try chain(), dialect: engine.dialect, connection: connection)
                    let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                    #expect(error?.code == .uniqueViolation)
                    #expect(error?.message.contains("Finished and recorded before it: 1.") == true, "\(error as Any)")
                    // An index that is not valid has its name.
                    #expect(try await connection.reflectSchema(nil).indexes == [])
                    #expect(try await database.query("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == "1")

                    try await connection.execute("UPDATE things SET code = id")
                    #expect(try await migrator.upgrade().steps.map(\.revision) == ["2"])
                    #expect(try await connection.reflectSchema(nil).indexes == [Self.index])
                    #expect(try await database.query("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == "0")
                    #expect(try await migrator.changedSteps() == [])
                }
            }
        }
    }

    @Test(.enabled(if: PgBouncer.isAvailable)) func behindAPoolerTheyAreRefusedBeforeAnythingIsChanged() async throws {
        let server = try await PostgreSQLServer.shared()
        try await DatabaseKind.postgreSQL.withDatabase { database in
            try await PgBouncer.with(before: server) { bouncer in
                let url = server.url(database: database.name, port: bouncer.port)
                try await Engine.withEngine(url: url) { engine in
                    try await engine.withConnection { connection in
                        let migrator = Migrator(try chain(), dialect: engine.dialect, connection: connection)
                        let error = await #expect(throws: DatabaseError.self) { try await migrator.upgrade() }
                        #expect(error?.code == .unsupportedFeature)
                        #expect(error?.message.contains("a lock of the session") == true, "\(error as Any)")
                    }
                }
                #expect(try await database.catalog() == [])
            }
        }
    }
}

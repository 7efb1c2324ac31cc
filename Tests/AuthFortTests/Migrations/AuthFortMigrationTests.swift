#if SQLite
@testable import AuthFort
import DialectCore
import DialectEngine
import DialectMigrations
import Foundation
import TestSupport
import Testing

@Suite struct AuthFortMigrationTests {
    @Test func schemaEqualsThePythonLibrarysSchema() async throws {
        try await TemporaryDirectory.with { directory in
            let (ours, golden) = (directory.file("ours.db"), directory.file("golden.db"))
            try await AuthFort.withAuthFort(databaseURL: "sqlite:///\(ours)") { auth in try await auth.migrate() }
            try await load(fixture: "sqlite.sql", into: "sqlite:///\(golden)")
            let (left, right) = try await (
                SQLiteCatalog(of: "sqlite:///\(ours)"), SQLiteCatalog(of: "sqlite:///\(golden)")
            )
            #expect(left.lines.count > 100)
            #expect(left == right)
        }
    }

    @Test func secondMigrationAppliesNothing() async throws {
        try await TemporaryDirectory.with { directory in
            try await AuthFort.withAuthFort(databaseURL: "sqlite:///\(directory.file("a.db"))") { auth in
                let first = try await auth.migrate()
                let second = try await auth.migrate()
                #expect(first.steps.map(\.revision) == ["001", "002", "003", "004", "005", "006"])
                #expect(second.steps.isEmpty)
                #expect(try await auth.currentRevisions() == ["006"])
            }
        }
    }

    @Test func currentOfAnEmptyDatabaseIsEmptyAndCreatesNothing() async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("a.db"))"
            let revisions = try await AuthFort.withAuthFort(databaseURL: url) { auth in
                try await auth.currentRevisions()
            }
            #expect(revisions == [])
            #expect(try await SQLiteCatalog(of: url).lines == [])
        }
    }

    @Test func sessionsThatExistBecomeTheirOwn() async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("a.db"))"
            try await Engine.withEngine(url: url) { engine in
                try await migrate(engine, to: .revision("001"))
                let (user, token) = (UUID(), UUID())
                try await engine.execute(
                    """
                    INSERT INTO authfort_users (id, email, created_at, updated_at)
                    VALUES (\(user), 'a@example.com', \(Timestamp.now), \(Timestamp.now))
                    """
                )
                try await engine.execute(
                    """
                    INSERT INTO authfort_refresh_tokens (id, user_id, token_hash, expires_at, created_at)
                    VALUES (\(token), \(user), 'x', \(Timestamp.now), \(Timestamp.now))
                    """
                )
                try await migrate(engine, to: .revision("002"))
                let result = try await engine.execute("SELECT session_id FROM authfort_refresh_tokens")
                #expect(try result.rows.first?.decode(UUID.self, at: 0) == token)
            }
        }
    }

    @Test func unknownNewerRevisionIsRefusedAndNothingChanges() async throws {
        try await TemporaryDirectory.with { directory in
            let url = "sqlite:///\(directory.file("a.db"))"
            try await AuthFort.withAuthFort(databaseURL: url) { auth in
                try await auth.migrate()
                try await Engine.withEngine(url: url) { engine in
                    try await engine.execute("UPDATE authfort_alembic_version SET version_num = '007'")
                }
                let error = await #expect(throws: DatabaseError.self) { try await auth.migrate() }
                #expect(error?.code == .invalidMigration)
                #expect(error?.message.contains("007") == true)
                #expect(try await auth.currentRevisions() == ["007"])
            }
        }
    }
}

private func migrate(_ engine: Engine, to target: MigrationTarget) async throws {
    try await engine.withConnection { connection in
        try await Migrator(AuthFortChain.chain(), dialect: engine.dialect, connection: connection).upgrade(to: target)
    }
}

/// Runs the statements of a file under `Tests/Fixtures/Schemas`.
private func load(fixture: String, into databaseURL: String) async throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Fixtures/Schemas/\(fixture)")
    let text = try String(contentsOf: file, encoding: .utf8)
    try await Engine.withEngine(url: databaseURL) { engine in
        for sql in text.components(separatedBy: ";\n") where !sql.isEmpty {
            try await engine.execute(Statement(unsafe: sql))
        }
    }
}
#endif

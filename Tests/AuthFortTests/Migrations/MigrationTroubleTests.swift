import DialectCore
import DialectEngine
import DialectMigrations
import Foundation
import TestSupport
import Testing

@testable import AuthFort

/// Databases that do not let themselves be migrated: the error says why, nothing is changed, and once it is mended the same
/// call completes.
@Suite struct MigrationTroubleTests {
    #if SQLite
    @Test func aReadOnlyFileIsLeftAsItIs() async throws {
        try await DatabaseKind.sqlite.withDatabase { database in
            try await migrate(database.url, to: .revision("003"))
            let before = try await database.catalog()
            let error = await failure { try await migrate(database.url + "?mode=ro") }
            #expect(error?.code == .readOnlyViolation)
            #expect(error?.message.contains("writ") == true, "\(error as Any)")
            #expect(try await database.catalog() == before)
            try await migrate(database.url)
            #expect(try await revision(database.url) == ["006"])
        }
    }

    @Test(arguments: [2, 10, 20, 35]) func aFullDiskIsLeftAsItWas(_ pages: Int) async throws {
        try await DatabaseKind.sqlite.withDatabase { database in
            let error = await failure {
                try await Engine.withEngine(url: database.url) { engine in
                    try await engine.withConnection { connection in
                        try await connection.execute("PRAGMA max_page_count = \(unsafe: "\(pages)")")
                        _ = try await Migrator(AuthFortChain.chain(), dialect: engine.dialect, connection: connection)
                            .upgrade()
                    }
                }
            }
            #expect(error?.code == .storageFull)
            #expect(error?.message.contains("nothing was changed") == true, "\(error as Any)")
            #expect(try await database.catalog() == [])
            try await migrate(database.url)
            #expect(try await revision(database.url) == ["006"])
        }
    }
    #endif

    @Test(.enabled(if: DatabaseKind.available.contains(.postgreSQL)))
    func aUserWhoMayNotCreateOnPostgreSQLIsTold() async throws {
        try await DatabaseKind.postgreSQL.withDatabase { database in
            let role = "limited_\(database.name)"
            try await database.query("CREATE ROLE \(role) LOGIN PASSWORD 'limited'")
            let url = database.url.replacingUser(with: "\(role):limited")
            let error = await failure { try await migrate(url) }
            #expect(error?.code == .permissionDenied)
            #expect(error?.message.contains("nothing was changed") == true, "\(error as Any)")
            #expect(try await database.catalog() == [])
            try await database.query("GRANT CREATE ON SCHEMA public TO \(role)")
            try await migrate(url)
            #expect(try await revision(url) == ["006"])
            try await database.query("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
    }

    /// The privilege is missing from the start, or is taken away in the middle.
    @Test(.enabled(if: DatabaseKind.available.contains(.mariaDB)), arguments: [nil, 5])
    func aUserWhoMayNotCreateOnMariaDBIsTold(_ column: Int?) async throws {
        try await DatabaseKind.mariaDB.withDatabase { database in
            let user = "limited_\(database.name)".prefix(40)
            try await database.query("CREATE USER '\(user)'@'127.0.0.1' IDENTIFIED BY 'limited'")
            let url = database.url.replacingUser(with: "\(user):limited")
            // With the right to make tables and not to alter them, the migration ends in the middle.
            let granted = column == nil ? "SELECT" : "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, REFERENCES"
            try await database.query("GRANT \(granted) ON \(database.name).* TO '\(user)'@'127.0.0.1'")
            let error = await failure { try await migrate(url) }
            #expect(error?.code == .permissionDenied)
            if column == nil {
                #expect(try await database.catalog() == [])
            } else {
                #expect(error?.message.contains("Finished and recorded before it: 001.") == true, "\(error as Any)")
                #expect(error?.message.contains("it goes on from there") == true)
            }
            try await database.query("GRANT ALL ON \(database.name).* TO '\(user)'@'127.0.0.1'")
            try await migrate(url)
            #expect(try await revision(url) == ["006"])
            try await database.query("DROP USER '\(user)'@'127.0.0.1'")
        }
    }

    private func migrate(_ url: String, to target: MigrationTarget = .head) async throws {
        try await Engine.withEngine(url: url) { engine in
            try await engine.withConnection { connection in
                _ = try await Migrator(AuthFortChain.chain(), dialect: engine.dialect, connection: connection)
                    .upgrade(to: target)
            }
        }
    }

    private func revision(_ url: String) async throws -> [Revision] {
        try await AuthFort.withAuthFort(databaseURL: url) { auth in try await auth.currentRevisions() }
    }

    /// The error of `body`, which has to be the database's.
    private func failure(_ body: () async throws -> Void) async -> DatabaseError? {
        await #expect(throws: DatabaseError.self) { try await body() }
    }
}

extension String {
    /// The URL with another user and password.
    fileprivate func replacingUser(with user: String) -> String {
        guard let start = range(of: "://")?.upperBound, let end = range(of: "@")?.lowerBound else { return self }
        return replacingCharacters(in: start..<end, with: user)
    }
}

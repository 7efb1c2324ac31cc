import TestSupport
import Testing

/// The SQL that `authfort sql` prints, in the database's own client.
@Suite struct OfflineSQLTests {
    @Test(arguments: DatabaseKind.available)
    func fromTheBaseItGivesTheGoldenSchema(_ kind: DatabaseKind) async throws {
        let golden = try await kind.withDatabase { database in
            try await database.loadGoldenSchema()
            return try await database.catalog()
        }
        try await kind.withDatabase { database in
            try await database.pipe(script("base:head", for: database))
            let catalog = try await database.catalog()
            #expect(catalog.count > 100)
            #expect(catalog.filter { !golden.contains($0) } == [])
            #expect(golden.filter { !catalog.contains($0) } == [])
            let authfort = try BuiltProduct("authfort")
            #expect(try await authfort.run(["current", "--database-url", database.url]).output == "006\n")
            #expect(try await authfort.run(["check", "--database-url", database.url]).exitCode == 0)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func inPartsAndDownAgainItGivesWhatWasThere(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await database.pipe(script("base:003", for: database))
            let before = try await database.catalog()
            try await database.pipe(script("003:006", for: database))
            try await database.pipe(script("006:003", for: database))
            #expect(try await database.catalog() == before)
            try await database.pipe(script("003:base", for: database))
            #expect(try await database.catalog().allSatisfy { $0.contains("authfort_alembic_version") })
        }
    }

    private func script(_ range: String, for database: TestDatabase) async throws -> String {
        // A server's version is all that the text depends on.
        let version =
            database.kind == .mariaDB ? ["--server-version", try await database.query("SELECT VERSION()")] : []
        let outcome = try await BuiltProduct("authfort").run(["sql", range, "--database-url", database.url] + version)
        #expect(outcome.exitCode == 0, "\(outcome.errorOutput)")
        return outcome.output
    }
}

import AuthFort
import DialectCore
import DialectEngine
import DialectMigrations
import Foundation
import ShopSchema
import TestSupport
import Testing

/// Alembic itself beside this package's migrations, on one database.
@Suite(.enabled(if: PythonInterpreter.isAvailable)) struct AlembicTests {
    @Test(arguments: DatabaseKind.available)
    func alembicProposesNothingForADatabaseOfOurs(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await auth.migrate() }
            #expect(try await proposals(database).contains("shop_orders"))
            _ = try await withMigrator(on: database) { migrator, _ in try await migrator.upgrade() }
            #expect(try await proposals(database) == "")
        }
    }

    @Test(arguments: DatabaseKind.available)
    func weProposeNothingForADatabaseOfAlembics(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            _ = try await PythonAccounts(databaseURL: database.pythonURL)
                .commandLine(["migrate", "--database-url", database.pythonURL])
            let ours = try AuthFort.managedSchema()
            try await Engine.withEngine(url: database.url) { engine in
                try await engine.withConnection { connection in
                    let migrator = Migrator(ours.chain, dialect: engine.dialect, connection: connection)
                    let check = try await migrator.check(filters: ours.filters)
                    #expect(check.pending.isEmpty)
                    #expect(check.difference.operations == [])
                }
            }
            #expect(try await proposals(database, makes: true).contains("shop_orders"))
            let difference = try await withMigrator(on: database) { migrator, schema in
                try await migrator.difference(to: Shop.model, filters: schema.filters)
            }
            #expect(difference.operations == [])
        }
    }

    /// What Alembic proposes, and makes when it is told.
    private func proposals(_ database: TestDatabase, makes: Bool = false) async throws -> String {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Python/alembic_shop.py")
        return try await PythonInterpreter.find().run(
            script: String(contentsOf: script, encoding: .utf8),
            arguments: [database.pythonURL] + (makes ? ["make"] : [])
        )
    }

    private func withMigrator<Result: Sendable>(
        on database: TestDatabase,
        _ body: (Migrator, ManagedSchema) async throws -> Result
    ) async throws -> Result {
        let schema = try Shop.ownSchema(keepsJournal: false)
        return try await Engine.withEngine(url: database.url) { engine in
            try await engine.withConnection { connection in
                let migrator = Migrator(
                    schema.chain,
                    dialect: engine.dialect,
                    connection: connection,
                    otherChains: [try AuthFort.managedSchema().chain]
                )
                return try await body(migrator, schema)
            }
        }
    }
}

#if SQLite
import AuthFort
import DialectCore
import DialectEngine
import DialectMigrations
import Foundation
import ShopSchema
import TestSupport
import Testing

/// `AddOrderLines.swift` of the example application is what the generator writes, and `DifferenceOnDatabasesTests` applies it.
@Suite struct GeneratedStepTests {
    @Test func theStepOfTheShopIsWhatTheGeneratorWrites() async throws {
        try await DatabaseKind.sqlite.withDatabase { database in
            let schema = try Shop.ownSchema()
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await auth.migrate() }
            let difference = try await migrate(database, schema.chain) { migrator in
                try await migrator.upgrade(to: .revision("orders"))
                return try await migrator.difference(to: Shop.model, filters: schema.filters)
            }
            let source = StepSource(revision: "lines", parents: ["orders"], summary: "add order lines", difference)
            let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../Examples/Shop/Sources/ShopSchema/\(source.fileName)")
            let written = try String(contentsOf: file, encoding: .utf8)
            #expect(written == source.text)
            if ProcessInfo.processInfo.environment["WRITE_GENERATED_STEP"] == "1" {
                try source.text.write(to: file, atomically: true, encoding: .utf8)
            }
        }
    }
}
#endif

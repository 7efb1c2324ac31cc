import AuthFort
import DialectCore
import DialectEngine
import DialectMigrations
import TestSupport

/// A step that performs operations.
struct OperationsStep: MigrationStep {
    let revision: Revision
    let parents: [Revision]
    let summary = "a change under test"
    let upgrade: [MigrationOperation]
    let downgrade: [MigrationOperation]

    init(_ revision: Revision, after parents: Revision..., up: [SchemaOperation], down: [SchemaOperation] = []) {
        self.revision = revision
        self.parents = parents
        upgrade = up.map { .schema($0) }
        downgrade = down.map { .schema($0) }
    }
}

/// Gives `body` a migrator for a chain on a database.
@discardableResult
func migrate<Result: Sendable>(
    _ database: TestDatabase,
    _ chain: MigrationChain,
    _ body: (Migrator) async throws -> Result
) async throws -> Result {
    try await Engine.withEngine(url: database.url) { engine in
        try await engine.withConnection { connection in
            let others = [try AuthFort.managedSchema().chain]
            return try await body(
                Migrator(chain, dialect: engine.dialect, connection: connection, otherChains: others)
            )
        }
    }
}

/// Gives `body` a migrator for steps on a database.
@discardableResult
func migrate<Result: Sendable>(
    _ database: TestDatabase,
    _ steps: [any MigrationStep],
    _ body: (Migrator) async throws -> Result
) async throws -> Result {
    try await migrate(database, try MigrationChain("test", versionTable: "test_version", steps: steps), body)
}

extension SchemaModel {
    /// The schema that operations make of nothing.
    init(_ operations: [SchemaOperation]) throws {
        self = try operations.reduce(SchemaModel()) { model, operation in try model.applying(operation) }
    }
}

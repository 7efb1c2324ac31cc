import DialectCore
import DialectEngine
import DialectMigrations
import TestSupport
import Testing

@testable import AuthFort

/// What the dialects read back of AuthFort's tables is what its steps describe.
@Suite struct ReflectedSchemaTests {
    @Test(arguments: DatabaseKind.available)
    func nothingDiffersFromTheStepsOfTheChain(_ kind: DatabaseKind) async throws {
        let described = try describedModel()
        try await kind.withDatabase { database in
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await auth.migrate() }
            let reflected = try await reflect(database)
            #expect(reflected.tables.map(\.name.name) == described.tables.map(\.name.name).sorted())
            for table in described.tables {
                let found = try #require(reflected.table(table.name))
                #expect(found.columns == table.columns)
                #expect(found.primaryKey?.columns == table.primaryKey?.columns)
                #expect(found.uniqueConstraints.map(\.columns) == table.uniqueConstraints.map(\.columns))
                #expect(found.foreignKeys.map(\.withoutName) == table.foreignKeys.map(\.withoutName))
                #expect(found.checkConstraints == [])
            }
            #expect(sorted(reflected.indexes) == sorted(described.indexes))
        }
    }

    @Test(arguments: DatabaseKind.available)
    func namesOfPrimaryKeysAreReadWhereTheyAreKept(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await auth.migrate() }
            let key = try await reflect(database).table(TableName.version)?.primaryKey
            #expect(key?.name == (kind == .mariaDB ? nil : "authfort_alembic_version_pkc"))
        }
    }

    /// The chain's operations, one after the other on an empty model.
    private func describedModel() throws -> SchemaModel {
        let chain = try AuthFortChain.chain()
        let plan = try MigrationPlan(chain, current: [], .upgrade, to: .head)
        var model = try SchemaModel().applying(.createTable(chain.versionTableDefinition))
        for case .schema(let operation) in plan.steps.flatMap(\.operations) { model = try model.applying(operation) }
        return model
    }

    private func reflect(_ database: TestDatabase) async throws -> SchemaModel {
        try await Engine.withEngine(url: database.url) { engine in
            try await engine.withConnection { connection in try await connection.reflectSchema(nil) }
        }
    }

    private func sorted(_ indexes: [Index]) -> [Index] {
        indexes.sorted { ($0.table.name, $0.name) < ($1.table.name, $1.name) }
    }
}

extension ForeignKey {
    fileprivate var withoutName: ForeignKey {
        var key = self
        key.name = nil
        return key
    }
}

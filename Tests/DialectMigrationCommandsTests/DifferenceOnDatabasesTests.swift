import AuthFort
import DialectCore
import DialectMigrations
import ShopSchema
import TestSupport
import Testing

/// What a database reads back, compared with what it was made from.
@Suite struct DifferenceOnDatabasesTests {
    @Test(arguments: DatabaseKind.available, SchemaChange.all)
    func everyChangeIsFoundMadeAndUndone(_ kind: DatabaseKind, _ change: SchemaChange) async throws {
        try await kind.withDatabase { database in
            let (before, after) = (try SchemaModel(change.before), try SchemaModel(change.after))
            let first = OperationsStep("1", up: change.before)
            let difference = try await migrate(database, [first]) { migrator -> SchemaDifference? in
                guard migrator.dialect.features.isSuperset(of: change.needs) else { return nil }
                try await migrator.upgrade()
                #expect(try await migrator.check().difference.operations == [])
                return try await migrator.difference(to: after)
            }
            guard let difference else { return }
            #expect(!difference.isEmpty)

            let second = OperationsStep("2", after: "1", up: difference.operations, down: difference.reverseOperations)
            try await migrate(database, [first, second]) { migrator in
                try await migrator.upgrade()
                #expect(try await migrator.difference(to: after).operations == [])
                #expect(try await migrator.check().difference.operations == [])
                try await migrator.downgrade(to: .revision("1"))
                #expect(try await migrator.difference(to: before).operations == [])
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func everyTypeDefaultConstraintAndIndexIsReadBackWithoutNoise(_ kind: DatabaseKind) async throws {
        #expect(try await noise(of: SampleSchema.operations, on: kind) == [])
    }

    @Test(arguments: DatabaseKind.available)
    func spellingsThatMeanTheSameAreNoDifference(_ kind: DatabaseKind) async throws {
        let written = Table(
            "words",
            columns: [
                Column("id", .integer), Column("n", .integer, default: .expression(unsafe: "(5)")),
                Column("m", .integer, default: .text("-7")), Column("flag", .boolean, default: .boolean(true)),
                Column("s", .string(length: 9), default: .expression(unsafe: "'x'")),
                Column("d", .decimal(precision: 9, scale: 3), default: .expression(unsafe: "1.50")),
                Column("e", .integer, default: .expression(unsafe: "1 + 1")),
            ],
            primaryKey: PrimaryKey(["id"], name: "words_key"),
            checkConstraints: [
                CheckConstraint(unsafe: "n > -1 AND (n < 10 OR s <> 'it''s')"),
                CheckConstraint(unsafe: "N between 0 and 99", name: "range"),
                CheckConstraint(unsafe: "s IN ('x', 'y') AND s NOT IN ('z')", name: "letters"),
                CheckConstraint(unsafe: "s LIKE 'x%' OR lower(s) != 'q' OR length(s) >= 2", name: "pattern"),
                CheckConstraint(unsafe: "m IS NULL OR m IS NOT NULL", name: "nothing"),
            ]
        )
        let noise = try await noise(of: [.createTable(written)], on: kind)
        #expect(noise == [])
        var other = written
        other.checkConstraints[2].condition = "s IN ('x', 'w') AND s NOT IN ('z')"
        other.columns[1].serverDefault = .integer(6)
        let changes = try await self.noise(of: [.createTable(written)], on: kind, comparedWith: [.createTable(other)])
        #expect(changes.count == 3)
    }

    @Test(arguments: DatabaseKind.available)
    func authFortsTablesMadeHereDifferInNothing(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await auth.migrate() }
            let check = try await check(database, try AuthFort.managedSchema())
            #expect(check.difference.operations == [])
            #expect(check.isClean)
        }
    }

    @Test(arguments: DatabaseKind.available)
    func authFortsTablesMadeByThePythonLibraryDifferInNothing(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await database.loadGoldenSchema()
            let schema = try AuthFort.managedSchema()
            let model = try schema.chain.model(at: schema.chain.graph.heads)
            let check = try await check(database, ManagedSchema(schema.chain, model: model, filters: schema.filters))
            #expect(check.difference.operations == [])
        }
    }

    @Test(arguments: DatabaseKind.available)
    func aGeneratedStepLeadsToTheModel(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in try await auth.migrate() }
            let schema = try Shop.ownSchema()
            try await migrate(database, schema.chain) { migrator in try await migrator.upgrade(to: .revision("orders"))
            }
            let before = try await database.catalog()
            let drift = try await check(database, schema)
            #expect(drift.pending.map(\.revision) == ["lines"])
            #expect(!drift.difference.isEmpty)

            try await migrate(database, schema.chain) { migrator in try await migrator.upgrade() }
            let check = try await check(database, schema)
            #expect(check.difference.operations == [])
            #expect(check.isClean)

            try await migrate(database, schema.chain) { migrator in
                try await migrator.downgrade(to: .revision("orders"))
            }
            #expect(try await database.catalog().count == before.count)
        }
    }

    /// What a database seems to lack of the schema that it was made from, or of another.
    private func noise(
        of operations: [SchemaOperation],
        on kind: DatabaseKind,
        comparedWith others: [SchemaOperation]? = nil
    ) async throws -> [SchemaOperation] {
        let model = try SchemaModel(others ?? operations)
        return try await kind.withDatabase { database in
            try await migrate(database, [OperationsStep("1", up: operations)]) { migrator in
                try await migrator.upgrade()
                return try await migrator.difference(to: model).operations
            }
        }
    }

    private func check(_ database: TestDatabase, _ schema: ManagedSchema) async throws -> SchemaCheck {
        try await migrate(database, schema.chain) { migrator in
            try await migrator.check(against: schema.model, filters: schema.filters)
        }
    }
}

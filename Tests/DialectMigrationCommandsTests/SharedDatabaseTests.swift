#if SQLite && PostgreSQL && MySQL
import AuthFort
import DialectCore
import DialectEngine
import DialectMigrations
import ShopSchema
import TestSupport
import Testing

/// The example application's tables beside AuthFort's, in one database.
@Suite struct SharedDatabaseTests {
    @Test(arguments: DatabaseKind.available)
    func anUpgradeAppliesWhatItRequiresOfAuthFortFirst(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let report = try await migrate(database, try Shop.ownSchema().chain) { try await $0.upgrade() }
            #expect(report.steps.map(\.revision) == ["001", "002", "003", "orders", "lines"])
            #expect(report.steps.map(\.chain) == ["authfort", "authfort", "authfort", "shop", "shop"])
            let (before, rest) = try await AuthFort.withAuthFort(databaseURL: database.url) { auth in
                (try await auth.currentRevisions(), try await auth.migrate().steps.map(\.revision))
            }
            #expect(before == ["003"] && rest == ["004", "005", "006"])
        }
    }

    @Test(arguments: DatabaseKind.available)
    func whatTheOrdersRequireIsNotUndoneBelowThem(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let shop = try Shop.ownSchema().chain
            try await migrate(database, shop) { _ = try await $0.upgrade() }
            try await Engine.withEngine(url: database.url) { engine in
                try await engine.withConnection { connection in
                    let authFort = try AuthFort.managedSchema().chain
                    let migrator = Migrator(
                        authFort,
                        dialect: engine.dialect,
                        connection: connection,
                        otherChains: [shop]
                    )
                    let error = await #expect(throws: DatabaseError.self) {
                        try await migrator.downgrade(to: .revision("002"))
                    }
                    #expect(error?.code == .invalidMigration && error?.message.contains("'orders'") == true)
                    #expect(try await migrator.current() == ["003"])
                }
            }
        }
    }

    @Test(arguments: DatabaseKind.available)
    func theApplicationUsesItsTablesBesideAuthForts(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            func shop(_ arguments: String...) async throws -> BuiltProduct.Outcome {
                try await BuiltProduct("ShopCommand").run(arguments, environment: ["SHOP_DATABASE_URL": database.url])
            }
            #expect(try await shop("upgrade").exitCode == 0)
            let check = try await shop("check")
            #expect((check.exitCode, check.output.hasPrefix("No drift")) == (0, true), "\(check.output)")
            try await AuthFort.withAuthFort(databaseURL: database.url) { auth in
                _ = try await auth.users.create(email: "ada@example.com", password: "correct horse battery")
            }
            let order = try await shop("order", "ada@example.com", "7", "tea", "cake")
            #expect(order.exitCode == 0, "\(order.errorOutput)")
            #expect(try await shop("orders").output == "7 ada@example.com 1 x cake\n7 ada@example.com 1 x tea\n")
            #expect(try await shop("order", "eve@example.com", "8", "tea").exitCode == 2)
        }
    }

    /// A table of another owner, as somebody else has made it.
    @Test(arguments: DatabaseKind.available)
    func aStubThatDiffersFromTheLiveTableIsRefusedBeforeAnythingIsSent(_ kind: DatabaseKind) async throws {
        let live = Table("owners", columns: [Column("id", .bigInteger)], primaryKey: PrimaryKey(["id"]))
        try await kind.withDatabase { database in
            try await create(live, in: database)
            let error = try await failureOfPets(referencing: .uuid, in: database)
            #expect(error.code == .invalidMigration, "\(error)")
            #expect(error.message.contains("'owners.id', which is"), "\(error)")
            #expect(error.message.contains("'owner' would be"), "\(error)")
        }
    }

    @Test(arguments: DatabaseKind.available)
    func aReferencedTableOrColumnThatIsNotThereIsNamed(_ kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            let noTable = try await failureOfPets(referencing: .integer, in: database)
            #expect(noTable.code == .undefinedObject && noTable.table == "owners", "\(noTable)")
            let live = Table("owners", columns: [Column("key", .integer)], primaryKey: PrimaryKey(["key"]))
            try await create(live, in: database)
            let noColumn = try await failureOfPets(referencing: .integer, in: database)
            #expect(noColumn.code == .undefinedObject && noColumn.message.contains("column 'id'"), "\(noColumn)")
        }
    }

    @Test(arguments: DatabaseKind.available)
    func typesThatSuitEachOtherAreLeftToTheDatabase(_ kind: DatabaseKind) async throws {
        let live = Table("owners", columns: [Column("id", .string(length: 40))], primaryKey: PrimaryKey(["id"]))
        try await kind.withDatabase { database in
            try await create(live, in: database)
            try await migrate(database, Self.pets(owner: .string(length: 30))) { _ = try await $0.upgrade() }
        }
    }

    @Test(.enabled(if: DatabaseKind.available.contains(.mariaDB)))
    func textsNeedOneCollationAndIdentifiersOneTypeWhereTheServerAsksForIt() async throws {
        try await DatabaseKind.mariaDB.withDatabase { database in
            try await Engine.withEngine(url: database.url) { engine in
                _ = try await engine.execute(
                    "CREATE TABLE owners (id VARCHAR(40) COLLATE utf8mb4_esperanto_ci NOT NULL PRIMARY KEY) ENGINE=InnoDB"
                )
            }
            let collation = try await failureOfPets(referencing: .string(length: 40), in: database)
            #expect(collation.message.contains("which is text in utf8mb4_esperanto_ci"), "\(collation)")
            let spelled = ColumnType.native("VARCHAR(40) COLLATE utf8mb4_esperanto_ci")
            try await migrate(database, Self.pets(owner: spelled)) { _ = try await $0.upgrade() }
        }
        try await DatabaseKind.mariaDB.withDatabase { database in
            try await Engine.withEngine(url: database.url) { engine in
                _ = try await engine.execute("CREATE TABLE owners (id BINARY(16) NOT NULL PRIMARY KEY) ENGINE=InnoDB")
            }
            let identifier = try await failureOfPets(referencing: .uuid, in: database)
            #expect(identifier.message.contains("'owner' would be uuid"), "\(identifier)")
        }
    }

    @Test(.enabled(if: DatabaseKind.available.contains(.mariaDB)))
    func anIdentifierThatReferencesTextIsTextInTheSameCollation() async throws {
        for (collation, suits) in [("utf8mb4_general_ci", true), ("utf8mb4_esperanto_ci", false)] {
            try await DatabaseKind.mariaDB.withDatabase { database in
                try await Engine.withEngine(url: database.url) { engine in
                    _ = try await engine.execute(
                        """
                        CREATE TABLE owners (id CHAR(32) COLLATE \(unsafe: collation) NOT NULL PRIMARY KEY) ENGINE=InnoDB
                        """
                    )
                }
                guard suits else {
                    let error = try await failureOfPets(referencing: .uuid, in: database)
                    #expect(error.message.contains("which is text in utf8mb4_esperanto_ci"), "\(error)")
                    return
                }
                try await migrate(database, Self.pets(owner: .uuid)) { _ = try await $0.upgrade() }
                #expect(try await database.catalog().contains { $0.hasPrefix("column pets 2 owner char(32)") })
            }
        }
    }

    private static func pets(owner: ColumnType) -> [any MigrationStep] {
        let pets = Table(
            "pets",
            columns: [Column("id", .integer), Column("owner", owner)],
            primaryKey: PrimaryKey(["id"]),
            foreignKeys: [ForeignKey(["owner"], references: "owners", ["id"])]
        )
        return [
            OperationsStep(
                "1",
                up: [.createTable(Table("toys", columns: [Column("id", .integer)])), .createTable(pets)]
            )
        ]
    }

    /// The error of a step with a foreign key to `owners`; nothing of the step may be there after it.
    private func failureOfPets(referencing type: ColumnType, in database: TestDatabase) async throws -> DatabaseError {
        let error = await #expect(throws: DatabaseError.self) {
            try await migrate(database, Self.pets(owner: type)) { _ = try await $0.upgrade() }
        }
        let toys = try await database.catalog().filter { "\($0)".contains("toys") }
        #expect(toys.isEmpty)
        return try #require(error)
    }

    private func create(_ table: Table, in database: TestDatabase) async throws {
        let step = OperationsStep("1", up: [.createTable(table)])
        let chain = try MigrationChain("owners", versionTable: "owners_version", keepsJournal: false, steps: [step])
        try await migrate(database, chain) { _ = try await $0.upgrade() }
    }
}
#endif

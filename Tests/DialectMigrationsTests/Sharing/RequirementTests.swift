import DialectCore
import DialectMigrations
import Testing

/// The chain `shop`, whose steps require revisions of the chain `users`.
@Suite struct RequirementTests {
    private static func users(_ steps: [TestStep]? = nil) throws -> MigrationChain {
        let linear = [TestStep("u1"), TestStep("u2", after: "u1"), TestStep("u3", after: "u2")]
        return try MigrationChain("users", versionTable: "users_version", keepsJournal: false, steps: steps ?? linear)
    }

    private static func shop(_ revision: Revision = "u2") throws -> MigrationChain {
        try .test([TestStep("1"), TestStep("2", after: "1").requiring(MigrationRequirement(revision, of: "users"))])
    }

    private func migrator(
        _ chain: MigrationChain,
        _ others: [MigrationChain],
        _ database: MockDatabase,
        _ features: Set<DialectFeature> = MockDialect().features
    ) -> Migrator {
        Migrator(
            chain,
            dialect: MockDialect(features: features),
            connection: MockConnection(database),
            otherChains: others
        )
    }

    @Test(arguments: [MockDialect().features, SessionLockTests.features])
    func whatAStepRequiresIsAppliedFirstAndNoMore(_ features: Set<DialectFeature>) async throws {
        let database = MockDatabase()
        let report = try await migrator(Self.shop(), [Self.users()], database, features).upgrade()
        #expect(report.steps.map { "\($0.chain) \($0.revision)" } == ["users u1", "users u2", "shop 1", "shop 2"])
        #expect((report.before, report.after) == ([], ["2"]))
        let tables = await database.committed.tables
        #expect(tables["users_version"] == ["u2"] && tables["shop_version"] == ["2"])
        #expect(tables["t_u3"] == nil)
    }

    @Test func aStepThatIsNotReachedRequiresNothing() async throws {
        let database = MockDatabase()
        try await migrator(Self.shop(), [Self.users()], database).upgrade(to: .revision("1"))
        #expect(await database.committed.tables.keys.sorted() == ["shop_version", "t_1"])
    }

    @Test func aLaterRevisionDoesAsWell() async throws {
        let database = MockDatabase(["users_version": ["u3"]])
        let report = try await migrator(Self.shop(), [Self.users()], database).upgrade()
        #expect(report.steps.map(\.revision) == ["1", "2"])
    }

    @Test func allPlansAreShownInTheirOrderAndNumberedTogether() async throws {
        let migrator = try migrator(Self.shop(), [Self.users()], MockDatabase())
        #expect(try await migrator.plans().map { "\($0.chain.name) \($0.target)" } == ["users u2", "shop head"])
        var numbers: [Int] = []
        try await migrator.upgrade { event in
            if case .stepStarted(_, let number, 4) = event { numbers.append(number) }
        }
        #expect(numbers == [1, 2, 3, 4])
    }

    @Test func aFailureOfARequiredStepNamesItsChainAndUndoesEverything() async throws {
        let database = MockDatabase(["t_u2": []])
        let migrator = try migrator(Self.shop(), [Self.users()], database)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        #expect(error?.code == .duplicateObject)
        #expect(error?.message.contains("of 'users', which it requires") == true, "\(error?.message ?? "no error")")
        #expect(await database.committed.tables == ["t_u2": []])
    }

    @Test func requirementsOfRequirementsComeFirst() async throws {
        let roles = try MigrationChain("roles", versionTable: "roles_version", steps: [TestStep("r1")])
        let users = try Self.users([TestStep("u2").requiring(MigrationRequirement("r1", of: "roles"))])
        let report = try await migrator(Self.shop(), [users, roles], MockDatabase()).upgrade()
        #expect(report.steps.map(\.revision) == ["r1", "u2", "1", "2"])
    }

    @Test func faultsAreNamedAndNothingIsChanged() async throws {
        let circle = try Self.users([TestStep("u2").requiring(MigrationRequirement("1", of: "shop"))])
        for (others, revision, words) in [
            ([], "u2", "was not given that chain"), ([try Self.users()], "u9", "its latest is 'u3'"),
            ([circle], "u2", "require each other"),
        ] as [([MigrationChain], Revision, String)] {
            let database = MockDatabase()
            let migrator = try migrator(Self.shop(revision), others, database)
            let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
            #expect(error?.code == .invalidMigration)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "no error")")
            #expect(await database.committed.tables.isEmpty)
        }
    }

    @Test func whatAnAppliedStepRequiresIsNotUndone() async throws {
        let database = MockDatabase([
            "users_version": ["u3"], "shop_version": ["2"], "t_u3": [], "t_u2": [], "t_u1": [],
        ])
        let migrator = try migrator(Self.users(), [Self.shop()], database)
        let error = await failure { () async throws(DatabaseError) in try await migrator.downgrade(to: .base) }
        #expect(error?.code == .invalidMigration)
        #expect(error?.message.contains("'u2' of 'users', which the applied step '2'") == true)
        #expect(await database.committed.tables["users_version"] == ["u3"])
        try await migrator.downgrade(to: .revision("u2"))
        #expect(await database.committed.tables["users_version"] == ["u2"])
    }
}

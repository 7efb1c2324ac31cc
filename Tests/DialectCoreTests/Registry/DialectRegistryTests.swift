import DialectCore
import Logging
import Testing

@Suite struct DialectRegistryTests {
    private func failure(_ scheme: String, in dialects: [any Dialect.Type]) throws -> DatabaseError {
        let registry = try DialectRegistry(dialects)
        return try #require(throws: DatabaseError.self) { try registry.dialect(for: scheme) }
    }

    @Test func eachSchemeFindsItsDialect() throws {
        let registry = try DialectRegistry([AlphaDialect.self, BetaDialect.self])
        #expect(registry.schemes == ["alpha", "alpha+driver", "beta"])
        #expect(try registry.dialect(for: "alpha") is AlphaDialect)
        #expect(try registry.dialect(for: "alpha+driver") is AlphaDialect)
        #expect(try registry.dialect(for: "beta") is BetaDialect)
    }

    @Test(arguments: ["beta", "BETA", "Beta"]) func schemesMatchInAnyCase(_ scheme: String) throws {
        #expect(try DialectRegistry([BetaDialect.self]).dialect(for: scheme) is BetaDialect)
        #expect(try DialectRegistry([ShoutingDialect.self]).dialect(for: scheme) is ShoutingDialect)
    }

    @Test func oneTypeMayBeGivenTwice() throws {
        #expect(try DialectRegistry([BetaDialect.self, BetaDialect.self]).schemes == ["beta"])
    }

    @Test(arguments: [false, true]) func twoDialectsForOneSchemeAreAnErrorThatNamesThem(reversed: Bool) throws {
        let types: [any Dialect.Type] = [BetaDialect.self, ShoutingDialect.self]
        let dialects = reversed ? types.reversed() : types
        let error = try #require(throws: DatabaseError.self) { try DialectRegistry(dialects) }
        #expect(error.code == .duplicateScheme)
        #expect(error.message.contains("'beta'"))
        #expect(error.message.contains("BetaDialect") && error.message.contains("ShoutingDialect"))
    }

    @Test func anUnknownSchemeListsThoseThatAreThere() throws {
        let error = try failure("gamma", in: [BetaDialect.self, AlphaDialect.self])
        #expect(error.code == .unknownScheme)
        #expect(error.message.contains("'gamma'"))
        #expect(error.message.contains("alpha, alpha+driver, beta."))
        #expect(!error.message.contains("trait"))
    }

    @Test(arguments: [("bet", "beta"), ("betta", "beta"), ("ALPHAA", "alpha"), ("alpha+drver", "alpha+driver")])
    func aMisspeltSchemeGetsTheNearestOne(scheme: String, nearest: String) throws {
        let error = try failure(scheme, in: [AlphaDialect.self, BetaDialect.self])
        #expect(error.message.contains("Did you mean '\(nearest)'?"))
    }

    @Test(arguments: ["", "zzz", "gamma", "alphabetical"])
    func aSchemeThatIsNearToNoneGetsNoGuess(_ scheme: String) throws {
        #expect(try !failure(scheme, in: [AlphaDialect.self, BetaDialect.self]).message.contains("Did you mean"))
    }

    @Test(arguments: [
        ("sqlite", "SQLite"), ("sqlite+aiosqlite", "SQLite"), ("SQLITE", "SQLite"),
        ("postgresql", "PostgreSQL"), ("postgres", "PostgreSQL"), ("postgresql+asyncpg", "PostgreSQL"),
        ("mysql", "MySQL"), ("mysql+aiomysql", "MySQL"), ("mariadb", "MySQL"), ("mariadb+aiomysql", "MySQL"),
    ])
    func aSchemeThatThisPackageHasGetsTheTraitThatAddsIt(scheme: String, trait: String) throws {
        let error = try failure(scheme, in: [AlphaDialect.self])
        #expect(error.code == .unknownScheme)
        #expect(error.message.contains("not in this build: add the package trait '\(trait)'"))
        #expect(error.message.contains("--traits default,\(trait)"))
    }

    @Test func aDriverThatNobodyKnowsDoesNotCallForATraitThatIsOn() throws {
        let error = try failure("sqlite+other", in: [StandInDialect.self])
        #expect(error.code == .unknownScheme)
        #expect(!error.message.contains("trait"))
    }

    @Test func anEmptyRegistrySaysThatItHasNoDialect() throws {
        #expect(try DialectRegistry([]).schemes.isEmpty)
        let error = try failure("alpha", in: [])
        #expect(error.code == .unknownScheme)
        #expect(error.message.contains("no dialect at all"))
        #expect(try failure("sqlite", in: []).message.contains("trait 'SQLite'"))
    }
}

/// A dialect that is found, and does nothing.
private protocol InertDialect: Dialect {}

extension InertDialect {
    static var name: String { "\(Self.self)" }
    var features: Set<DialectFeature> { [] }
    func poolDefaults(for url: DatabaseURL) -> PoolConfiguration { PoolConfiguration() }
    func quote(_ identifier: Identifier) -> String { identifier.description }
    func placeholder(at position: Int) -> String { "?" }
    func literal(_ value: SQLValue) -> String { "\(value)" }
    func spelling(of type: ColumnType) -> String { "\(type)" }
    func statements(for operation: SchemaOperation, in model: SchemaModel) -> [Statement] { [] }
    func error(for native: NativeError) -> DatabaseError { DatabaseError(.other, native.message) }
    func connector(for url: DatabaseURL, logger: Logger) throws(DatabaseError) -> any Connector {
        throw DatabaseError(.invalidURL, "It has no connector.")
    }
}

private struct AlphaDialect: InertDialect {
    static let schemes = ["alpha", "alpha+driver"]
}

private struct BetaDialect: InertDialect {
    static let schemes = ["beta"]
}

/// Declares its scheme in capitals, against the rule.
private struct ShoutingDialect: InertDialect {
    static let schemes = ["BETA"]
}

/// Has the scheme of a dialect that a trait of this package adds.
private struct StandInDialect: InertDialect {
    static let schemes = ["sqlite"]
}

internal import ArgumentParser
internal import DialectMigrations

/// Which of an application's chains a command works on.
struct ChainOptions<Application: MigrationApplication>: ParsableArguments {
    @Option(
        name: .customLong("chain"),
        help: ArgumentHelp(
            "The chain to work on, by its name.",
            valueName: "name",
            visibility: hasSeveralChains ? .default : .hidden
        )
    )
    var name: String?

    private static var hasSeveralChains: Bool { (try? Application.schemas().count > 1) ?? false }

    /// The chain that was named, or all of them in order.
    func all() throws -> [ManagedSchema] {
        let schemas = try Application.schemas()
        guard let name else { return schemas }
        let named = schemas.filter { $0.chain.name == name }
        guard !named.isEmpty else {
            throw ValidationError("There is no chain '\(name)'. There is \(Self.list(schemas)).")
        }
        return named
    }

    /// The chain that was named, or the only one.
    func one() throws -> ManagedSchema {
        let schemas = try all()
        guard schemas.count == 1 else {
            throw ValidationError("Name a chain with --chain: \(Self.list(schemas)).")
        }
        return schemas[0]
    }

    /// Those that a way up to a target is for: every chain has its head, and another target belongs to one.
    func schemas(for target: MigrationTarget) throws -> [ManagedSchema] {
        target == .head || target == .heads ? try all() : [try one()]
    }

    /// The chain's name where the application has several.
    func shownName(of schema: ManagedSchema) -> String? { Self.hasSeveralChains ? schema.chain.name : nil }

    /// What a line begins with that is about one of several chains.
    func prefix(_ schema: ManagedSchema) -> String { shownName(of: schema).map { "\($0): " } ?? "" }

    private static func list(_ schemas: [ManagedSchema]) -> String {
        schemas.map { "'\($0.chain.name)'" }.joined(separator: ", ")
    }
}

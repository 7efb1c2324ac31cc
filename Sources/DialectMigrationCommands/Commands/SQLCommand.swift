internal import ArgumentParser
internal import DialectCore
internal import DialectMigrations

/// `sql`.
struct SQLCommand<Application: MigrationApplication>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sql",
            abstract: "Prints steps as SQL, for a database that this program cannot reach.",
            discussion: """
                Needs no database: the text is for its own client, which runs it best in one transaction. \
                It records the revisions as an upgrade does. Without --dialect it is the one of the database's URL.
                """
        )
    }

    @Argument(
        help: ArgumentHelp(
            "From where to where: 'base:head', '003:006', downwards '006:003', or only where to.",
            valueName: "range"
        )
    )
    var range = "base:head"

    @Option(help: ArgumentHelp("The dialect, by one of its URL schemes.", valueName: "scheme"))
    var dialect: String?

    @Option(
        help: ArgumentHelp(
            "The server's version in its own words, where the SQL depends on it.",
            valueName: "version"
        )
    )
    var serverVersion: String?

    @OptionGroup var chains: ChainOptions<Application>
    @OptionGroup var database: DatabaseOptions<Application>

    func run() async throws {
        let range = MigrationRange(range)
        let schemas = range.start == .base ? try chains.schemas(for: range.end) : [try chains.one()]
        let dialect = try chosenDialect()
        for schema in schemas {
            print(try MigrationScript(schema.chain, range, dialect: dialect).text, terminator: "")
        }
    }

    private func chosenDialect() throws -> any Dialect {
        let registry = try DialectRegistry.linked()
        guard let scheme = try dialect ?? database.givenURL.map({ try DatabaseURL($0).scheme }) else {
            throw ValidationError("No dialect: give --dialect, one of \(registry.schemes.joined(separator: ", ")).")
        }
        let dialect = try registry.dialect(for: scheme)
        guard let serverVersion else { return dialect }
        guard let versioned = dialect as? any ServerVersioned else {
            throw ValidationError("The SQL of '\(scheme)' does not depend on a server's version.")
        }
        return try versioned.refined(for: serverVersion)
    }
}

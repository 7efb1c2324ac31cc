#if PostgreSQL
import DialectCore
import Testing

@testable import DialectPostgreSQL

@Suite struct PostgreSQLOptionsTests {
    private func options(_ query: String) throws -> PostgreSQLOptions {
        try PostgreSQLOptions(DatabaseURL("postgresql://ann:pw@one:1,two:2/app" + query))
    }

    @Test func theWholeURLIsRead() throws {
        let options = try options("?sslmode=verify-full&application_name=web&connect_timeout=3&command_timeout=0.5")
        #expect(options.hosts == [.init("one", port: 1), .init("two", port: 2)])
        #expect(options.parameters["user"] == "ann")
        #expect(options.parameters["dbname"] == "app")
        #expect(options.parameters["sslmode"] == "verify-full")
        #expect(options.parameters["application_name"] == "web")
        #expect(options.secrets["password"]?.reveal() == "pw")
        #expect(options.connectTimeout == .seconds(3))
        #expect(options.commandTimeout == .milliseconds(500))
        #expect(!"\(options)".contains("pw\""))
    }

    @Test(arguments: [
        ("true", "require"), ("false", "disable"), ("verify-full", "verify-full"), ("prefer", "prefer"),
    ])
    func asyncpgsSSLOptionIsTheMode(value: String, mode: String) throws {
        #expect(try options("?ssl=\(value)").parameters["sslmode"] == mode)
    }

    @Test(arguments: [
        ("?sslmod=require", "sslmod"), ("?sslmode=on", "sslmode"), ("?ssl=maybe", "ssl"),
        ("?ssl=disable&sslmode=require", "ssl"), ("?statement_cache_size=-1", "statement_cache_size"),
        ("?command_timeout=soon", "command_timeout"), ("?target_session_attrs=fast", "target_session_attrs"),
        ("?client_encoding=latin1", "client_encoding"), ("?pgbouncer=maybe", "pgbouncer"),
        ("?sslmode=require&sslmode=disable", "sslmode"), ("?connect_timeout=-1", "connect_timeout"),
    ])
    func whatIsWrongIsNamed(query: String, name: String) throws {
        let error = try #require(throws: DatabaseError.self) { try options(query) }
        #expect(error.code == .invalidURL)
        #expect(error.message.contains(name))
        #expect(!"\(error)".contains("pw"))
    }

    @Test func bothNamesOfTheCacheAreUnderstood() throws {
        #expect(try options("?statement_cache_size=7").statementCacheSize == 7)
        #expect(try options("?prepared_statement_cache_size=0").statementCacheSize == 0)
        #expect(try options("").statementCacheSize == 100)
    }

    @Test func aSocketsFolderIsAHost() throws {
        let options = try PostgreSQLOptions(DatabaseURL("postgresql://ann@/app?host=/tmp/x&port=77"))
        #expect(options.hosts == [.init("/tmp/x", port: 77)])
    }

    @Test func zeroSwitchesATimeoutOff() throws {
        let options = try options("?connect_timeout=0&command_timeout=0")
        #expect(options.connectTimeout == nil && options.commandTimeout == nil)
    }

    @Test func thePoolWaitsForEveryHost() throws {
        let url = try DatabaseURL("postgresql://a,b,c/app?connect_timeout=2")
        #expect(PostgreSQLDialect().poolDefaults(for: url).connectTimeout == .seconds(6))
    }

    @Test(arguments: ["postgresql", "postgres", "postgresql+asyncpg"])
    func everySchemeIsLinked(scheme: String) throws {
        #expect(try DialectRegistry.linked().dialect(for: scheme) is PostgreSQLDialect)
    }
}
#endif

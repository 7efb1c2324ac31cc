import DialectCore
import DialectSQLCipher
import Testing

@Suite struct SQLCipherURLTests {
    private func connector(_ url: String) throws -> any Connector {
        try SQLCipherDialect().connector(for: DatabaseURL(url), logger: quiet)
    }

    @Test(arguments: ["sqlite+sqlcipher", "sqlite+pysqlcipher"])
    func isFoundByBeingLinked(scheme: String) throws {
        #expect(try DialectRegistry.linked().dialect(for: scheme) is SQLCipherDialect)
    }

    @Test(arguments: [
        "sqlite+sqlcipher://:testing@/a.db", "sqlite+sqlcipher://:testing@//folder/a.db",
        "sqlite+sqlcipher://:testing@/:memory:", "sqlite+sqlcipher://:testing@/a.db?cipher=aes-256-cfb&kdf_iter=64000",
        "sqlite+sqlcipher://:testing@/a.db?cipher_page_size=4096&timeout=1&journal_mode=delete",
    ])
    func acceptsTheFormsOfSQLAlchemy(url: String) throws {
        _ = try connector(url)
    }

    @Test(arguments: [
        "sqlite+sqlcipher:///a.db", "sqlite+sqlcipher://:@/a.db", "sqlite+sqlcipher://",
    ])
    func aMissingPassphraseIsRefused(url: String) async throws {
        let error = try await failure { try connector(url) }
        #expect(error.code == .invalidURL)
        #expect(error.message.contains("passphrase"))
    }

    @Test(arguments: [
        ("sqlite+sqlcipher://ada:hunter2@/a.db", "user"), ("sqlite+sqlcipher://:hunter2@host/a.db", "host"),
        ("sqlite+sqlcipher://:hunter2@/a.db?cypher=x", "kdf_iter"),
        ("sqlite+sqlcipher://:hunter2@/a.db?cipher=a'b", "cipher"),
        ("sqlite+sqlcipher://:hunter2@/a.db?cipher=", "cipher"),
        ("sqlite+sqlcipher://:hunter2@/a.db?kdf_iter=0", "kdf_iter"),
        ("sqlite+sqlcipher://:hunter2@/a.db?kdf_iter=1;", "kdf_iter"),
        ("sqlite+sqlcipher://:hunter2@/a.db?kdf_iter=1&kdf_iter=2", "kdf_iter"),
        ("sqlite+sqlcipher://:hunter2@/a.db?cipher_page_size=1000", "cipher_page_size"),
        ("sqlite+sqlcipher://:hunter2@/a.db?mode=x", "mode"),
    ])
    func whatWouldBeIgnoredIsRefusedByName(url: String, name: String) async throws {
        let error = try await failure { try connector(url) }
        #expect(error.code == .invalidURL)
        #expect(error.message.contains(name))
        #expect(!String(reflecting: error).tells("hunter2"))
    }

    @Test func aDatabaseInMemoryHasOneConnection() throws {
        let dialect = SQLCipherDialect()
        #expect(dialect.poolDefaults(for: try DatabaseURL("sqlite+sqlcipher://:x@/:memory:")).maximumSize == 1)
        #expect(dialect.poolDefaults(for: try DatabaseURL("sqlite+sqlcipher://:x@/a.db")).maximumSize == 8)
    }
}

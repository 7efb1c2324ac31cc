#if SQLite
import DialectCore
import DialectSQLite
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteDialectTests {
    let dialect = SQLiteDialect()

    @Test func isFoundByBeingLinked() throws {
        let registry = try DialectRegistry.linked()
        for scheme in ["sqlite", "sqlite+aiosqlite"] {
            #expect(try registry.dialect(for: scheme) is SQLiteDialect)
        }
    }

    @Test(arguments: [
        (Identifier("users"), #""users""#), (Identifier("a b"), #""a b""#), (Identifier("a\"b"), #""a""b""#),
        (Identifier("\""), #""""""#), (Identifier(""), #""""#), (Identifier("t", schema: "ma\"in"), #""ma""in"."t""#),
        (Identifier("naïve ☕️"), #""naïve ☕️""#),
    ])
    func quoteMakesAnyNameAnIdentifier(identifier: Identifier, text: String) {
        #expect(dialect.quote(identifier) == text)
    }

    @Test func aTableMayHaveAnyName() async throws {
        try await withFile { connection in
            for name in ["select", "a\"b", "x; DROP TABLE y", "naïve ☕️", "a'b", "[a]", "`a`"] {
                let table = Identifier(name)
                try await connection.execute("CREATE TABLE \(identifier: table) (\(identifier: name) INTEGER)")
                try await connection.execute("INSERT INTO \(identifier: table) VALUES (1)")
                let sum = try await scalar(
                    "SELECT sum(\(identifier: name)) FROM \(identifier: table)",
                    as: Int.self,
                    connection
                )
                #expect(sum == 1)
            }
        }
    }

    @Test(arguments: ["sqlite://", "sqlite:///:memory:", "sqlite:///x?mode=memory", "sqlite:///file::memory:?uri=true"])
    func aDatabaseInMemoryHasOneConnectionThatStays(url: String) throws {
        let pool = try dialect.poolDefaults(for: DatabaseURL(url)).validated()
        #expect(pool.minimumSize == 1 && pool.maximumSize == 1 && pool.maximumOverflow == 0)
        #expect(pool.idleTimeout == nil && pool.maximumAge == nil && pool.pingAfterIdle == nil)
    }

    @Test func aFileHasSeveralConnectionsThatDoNotAge() throws {
        let pool = try dialect.poolDefaults(for: DatabaseURL("sqlite:///a.db")).validated()
        #expect(pool.maximumSize == 8 && pool.maximumOverflow == 0 && pool.maximumAge == nil)
    }

    @Test func declaresWhatItCanDo() {
        let lacking: [DialectFeature] = [.nativeUUID, .nativeBoolean]
        #expect(dialect.features.isDisjoint(with: lacking))
        #expect(dialect.features.isSuperset(of: [.exclusiveWriteTransactions, .transactionalDDL, .rowStreaming]))
    }

    @Test func errorClassifiesAResultCodeAndItsMessage() {
        let unique = dialect.error(for: NativeError(code: 2067, message: "UNIQUE constraint failed: t.a, t.b"))
        #expect(unique.code == .uniqueViolation && unique.table == "t" && unique.columns == ["a", "b"])
        #expect(unique.vendorCode == 2067)
    }
}
#endif

#if SQLite
import DialectCore
import DialectSQLite
import Locking
import Testing

@testable import SQLiteFamily

@Suite struct CommonSQLiteTests {
    private let column = Column("is_open", .boolean, default: .boolean(true))

    private func sql(_ operation: SchemaOperation, _ version: Int32) throws -> String {
        let sqlite = CommonSQLite(libraryVersion: version)
        return try sqlite.statements(for: operation, in: SchemaModel()).map { try $0.sql(for: SQLiteDialect()) }
            .joined()
    }

    @Test(arguments: [(3_034_001 as Int32, false), (3_035_000, true), (3_040_001, true)])
    func anOldReleaseHasNoReturning(version: Int32, isThere: Bool) {
        #expect(CommonSQLite(libraryVersion: version).features.contains(.returning) == isThere)
    }

    @Test(arguments: [(3_015_002 as Int32, false), (3_026_000, true)])
    func anOldReleaseHasNoReflection(version: Int32, isThere: Bool) {
        #expect(CommonSQLite(libraryVersion: version).features.contains(.schemaReflection) == isThere)
    }

    @Test func anOldReleaseIsNotGivenWordsThatItTakesForNames() throws {
        #expect(try sql(.addColumn(column, to: "doors"), 3_015_002).contains("DEFAULT 1 "))
        #expect(try sql(.addColumn(column, to: "doors"), 3_023_000).contains("DEFAULT true "))
    }

    @Test(arguments: [
        (SchemaOperation.dropColumn("a", from: "doors"), 3_034_001 as Int32, "3.35.0"),
        (.renameColumn("a", of: "doors", to: "b"), 3_024_000, "3.25.0"),
    ])
    func whatAnOldReleaseCannotDoIsRefused(operation: SchemaOperation, version: Int32, needed: String) async throws {
        let error = try await failure { try sql(operation, version) }
        #expect(error.code == .unsupportedFeature)
        #expect(error.message.contains(needed))
        _ = try sql(operation, 3_040_001)
    }

    @Test func optionsOfADialectsOwnArePassedOverAndListed() async throws {
        let url = try DatabaseURL("oak:///a.db?grain=fine&mode=ro")
        #expect(try SQLiteOptions(url, besides: ["grain"]).mode == .readOnly)
        let error = try await failure { try SQLiteOptions(url, besides: ["bark"]) }
        #expect(error.message.contains("'grain'") && error.message.contains("bark"))
    }

    @Test func thePreparationComesBeforeTheFileIsReadAndAgainAfterAResetThatOpensAnew() async throws {
        try await withFolder { folder in
            let counter = Locked(0)
            let options = try SQLiteOptions(DatabaseURL("sqlite:///\(folder)/a.db"))
            let connector = SQLiteConnector(dialect: SQLiteDialect(), options: options, logger: quiet) {
                (session: borrowing SQLiteSession) throws(DatabaseError) in
                // Has an effect only as long as the file is empty and unread.
                try session.run("PRAGMA page_size = 8192")
                counter.withLock { $0 += 1 }
            }
            try await withConnection(connector) { connection in
                try await connection.execute("CREATE TABLE t (a)")
                #expect(try await scalar("PRAGMA page_size", as: Int.self, connection) == 8192)
                try await connection.execute("PRAGMA case_sensitive_like = ON")
                try await connection.reset()
            }
            #expect(counter.withLock { $0 } == 2)
        }
    }

    @Test func whatThePreparationThrowsIsThrownByConnect() async throws {
        try await withFolder { folder in
            let options = try SQLiteOptions(DatabaseURL("sqlite:///\(folder)/a.db"))
            let connector = SQLiteConnector(dialect: SQLiteDialect(), options: options, logger: quiet) {
                (session: borrowing SQLiteSession) throws(DatabaseError) in
                try session.run("NO SUCH STATEMENT")
            }
            #expect(try await failure { try await connector.connect() }.code == .syntaxError)
        }
    }
}
#endif

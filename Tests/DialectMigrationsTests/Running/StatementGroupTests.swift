import DialectCore
import DialectMigrations
import Testing

/// Tables that are made together with their indexes, on a database that commits schema operations at once.
@Suite struct StatementGroupTests {
    private static let lost = DatabaseError(.connectionLost, "The server went away.")

    /// A step that makes two tables, one with two indexes and one with an index that comes too late.
    private func chain() throws -> MigrationChain {
        let table = Table("t", columns: [Column("id", .integer)])
        return try .test([
            TestStep(
                "001",
                upgrade: [
                    .createTable(table), .createIndex(Index("a", on: "t", ["id"])),
                    .createIndex(Index("b", on: "t", ["id"])),
                    .createTable(Table("u", columns: table.columns)), .statement("FILL"),
                    .createIndex(Index("c", on: "u", ["id"])),
                ]
            )
        ])
    }

    private func upgrade(
        _ database: MockDatabase,
        _ interference: MockConnection.Interference = .init(),
        features: Set<DialectFeature> = SessionLockTests.features
    ) async throws -> (changes: [String], error: DatabaseError?) {
        let connection = MockConnection(database, interference)
        let migrator = Migrator(try chain(), connection, features: features)
        let error = await failure { () async throws(DatabaseError) in try await migrator.upgrade() }
        let words = [
            "CREATE TABLE t", "CREATE TABLE u", "CREATE WITH", "CHECK", "INDEX", "FILL", "UPDATE shop_version_journal",
        ]
        let changes = await connection.calls.filter { call in words.contains { call.hasPrefix($0) } }
            .map { String($0.prefix { $0 != "|" }).split(separator: " ").prefix(6).joined(separator: " ") }
        return (changes, error)
    }

    @Test func oneStatementMakesATableWithTheIndexesRightBehindItAndOneMarksAll() async throws {
        let database = MockDatabase()
        let (changes, error) = try await upgrade(database)
        #expect(error == nil)
        let mark = "UPDATE shop_version_journal SET state = ?,"
        #expect(
            changes == [
                "CREATE WITH a b TABLE t", mark, "CREATE TABLE u", mark, "FILL", mark, "CHECK c", mark, "INDEX c", mark,
            ]
        )
    }

    @Test func theJournalHasARowForEachOfTheirStatements() async throws {
        let database = MockDatabase()
        let (_, error) = try await upgrade(database, .failing(at: "FILL", with: Self.lost))
        #expect(error?.code == .connectionLost)
        #expect(
            await database.committed.journal.lines == [
                "001 CREATE TABLE t done", "001 CHECK a done", "001 INDEX a done", "001 CHECK b done",
                "001 INDEX b done",
                "001 CREATE TABLE u done", "001 FILL pending", "001 CHECK c pending", "001 INDEX c pending",
            ]
        )
    }

    @Test func aTableThatSomebodyElseHasMadeIsLookedAtByItself() async throws {
        let (changes, error) = try await upgrade(MockDatabase(["t": []]))
        // Nothing tells this migrator what the table looks like.
        #expect(error?.code == .duplicateObject)
        #expect(error?.message.contains("operation 1 of 6 (create table t)") == true)
        #expect(changes.prefix(2) == ["CREATE WITH a b TABLE t", "CREATE TABLE t"])
    }

    @Test func anotherFailureNamesTheOperations() async throws {
        let full = DatabaseError(.storageFull, "The disk is full.")
        let (changes, error) = try await upgrade(MockDatabase(), .failing(at: "CREATE WITH a b TABLE t", with: full))
        #expect(changes == ["CREATE WITH a b TABLE t"])
        #expect(error?.message.contains("operations 1 to 3 of 6 (create table t, with its indexes)") == true)
    }

    @Test func aDatabaseWithTransactionsMakesThemOneByOne() async throws {
        let (changes, error) = try await upgrade(MockDatabase(), features: MockDialect().features)
        #expect(error == nil)
        #expect(
            changes == [
                "CREATE TABLE t", "CHECK a", "INDEX a", "CHECK b", "INDEX b", "CREATE TABLE u", "FILL", "CHECK c",
                "INDEX c",
            ]
        )
    }
}

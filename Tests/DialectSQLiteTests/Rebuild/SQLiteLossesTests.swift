#if SQLite
import DialectCore
import DialectMigrations
import DialectSQLite
import Testing

@testable import SQLiteFamily

/// What a table has besides what its migrations know, and would lose with them.
@Suite struct SQLiteLossesTests {
    private static let shopColumns = "id INTEGER NOT NULL, name VARCHAR(20), rank INTEGER DEFAULT 1 NOT NULL"
    private static let shopKey = "PRIMARY KEY (id), CONSTRAINT ranked CHECK (rank >= 0)"

    /// A shop table that somebody else has made in its place.
    @Test(arguments: [
        ("\(shopColumns), color TEXT, \(shopKey))", "the column 'color'"),
        ("\(shopColumns), twice INTEGER AS (rank * 2), \(shopKey))", "the generation of the column 'twice'"),
        ("\(shopColumns), \(shopKey), UNIQUE (name))", "the unique constraint (name)"),
        ("\(shopColumns), \(shopKey), CHECK (rank < 9))", "the check constraint"),
        ("\(shopColumns), \(shopKey), CONSTRAINT own FOREIGN KEY (rank) REFERENCES shops (id))", "the foreign key own"),
        ("\(shopColumns), PRIMARY KEY (id, rank), CHECK (rank >= 0))", "the primary key (id, rank)"),
        ("id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, rank INTEGER, CHECK (rank >= 0))", "AUTOINCREMENT"),
        ("id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, rank INTEGER, CHECK (rank >= 0))", "COLLATE"),
        ("\(shopColumns), PRIMARY KEY (id) ON CONFLICT IGNORE, CHECK (rank >= 0))", "ON CONFLICT"),
        ("\(shopColumns), \(shopKey)) WITHOUT ROWID", "WITHOUT ROWID"),
        ("id INTEGER PRIMARY KEY, name TEXT, rank INTEGER, CHECK (rank >= 0)) STRICT", "STRICT"),
    ])
    func isNamedAndNothingIsChanged(definition: String, words: String) async throws {
        let chain = try Shops.chain()
        let others = ["DELETE FROM items", "DROP TABLE shops", "CREATE TABLE shops (\(definition)"]
        try await Shops.withFirstStep(chain, others) { connection, _ in
            let before = try await catalog(connection)
            let error = try await failure { try await Shops.migrator(chain, connection).upgrade() }
            #expect(error.code == .invalidMigration)
            #expect(error.message.contains(words), "\(error)")
            #expect(try await catalog(connection) == before)
        }
    }

    @Test func otherWordsAreTheSameTable() async throws {
        let chain = try Shops.chain()
        let others = [
            "DELETE FROM items", "DROP TABLE shops",
            "create table shops (ID integer not null primary key, Name varchar(20), rank int default 1 check(rank>=0))",
        ]
        try await Shops.withFirstStep(chain, others) { connection, _ in
            try await Shops.migrator(chain, connection).upgrade()
            #expect(try await columns("SELECT * FROM shops", connection) == ["id", "name", "rank"])
        }
    }

    @Test func aColumnThatIsNotThereIsNamed() async throws {
        let chain = try Shops.chain()
        let others = [
            "DELETE FROM items", "DROP TABLE shops", "CREATE TABLE shops (id INTEGER PRIMARY KEY, rank INTEGER)",
        ]
        try await Shops.withFirstStep(chain, others) { connection, _ in
            let error = try await failure { try await Shops.migrator(chain, connection).upgrade() }
            #expect(error.code == .invalidMigration && error.message.contains("'name'"), "\(error)")
        }
    }

    @Test func aTableThatIsNotThereIsNamed() async throws {
        let chain = try Shops.chain()
        try await Shops.withFirstStep(chain, ["DELETE FROM items", "DROP TABLE shops"]) { connection, _ in
            let error = try await failure { try await Shops.migrator(chain, connection).upgrade() }
            #expect(error.code == .undefinedObject && error.message.contains("shops"), "\(error)")
        }
    }

    @Test(arguments: [
        ("CREATE VIEW ranks AS SELECT rank FROM shops", "view 'ranks'"),
        (
            "CREATE TRIGGER ranking AFTER INSERT ON items BEGIN UPDATE shops SET rank = rank + 1; END",
            "trigger 'ranking'"
        ),
    ])
    func aViewOrTriggerThatWouldNotWorkIsNamed(statement: String, words: String) async throws {
        let chain = try Shops.chain([.dropColumn("rank", from: "shops")])
        try await Shops.withFirstStep(chain, [statement]) { connection, _ in
            let before = try await catalog(connection)
            let error = try await failure { try await Shops.migrator(chain, connection).upgrade() }
            #expect(error.code == .undefinedObject && error.message.contains(words), "\(error)")
            #expect(try await catalog(connection) == before)
        }
    }

    @Test func rowsThatWouldReferenceNothingAreCounted() async throws {
        // Nothing follows this DELETE, because the foreign keys are suspended.
        let chain = try Shops.chain([Shops.change, .statement("DELETE FROM shops WHERE id = 1")])
        try await Shops.withFirstStep(chain) { connection, _ in
            let error = try await failure { try await Shops.migrator(chain, connection).upgrade() }
            #expect(error.code == .foreignKeyViolation && error.table == "items")
            #expect(error.message.contains("1000 of 'items' without a row of 'shops'"), "\(error)")
            #expect(try await scalar("SELECT COUNT(*) FROM shops", as: Int.self, connection) == 2)
        }
    }
}
#endif

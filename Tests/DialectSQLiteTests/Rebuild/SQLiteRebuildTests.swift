#if SQLite
import DialectCore
import DialectEngine
import DialectMigrations
import DialectSQLite
import Foundation
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteRebuildTests {
    private func statements(_ operation: SchemaOperation, _ version: Int32 = 3_040_001) throws -> [String] {
        let model = try Shops.chain().model(at: ["1"])
        return try CommonSQLite(libraryVersion: version).statements(for: operation, in: model)
            .map { try $0.sql(for: SQLiteDialect()) }
    }

    @Test func aNewTableTakesThePlaceOfTheOldOne() throws {
        let operation = SchemaOperation.alterColumn(Shops.name, to: Shops.newName, of: "shops")
        #expect(
            try statements(operation) == [
                #"CREATE TABLE "_rebuilt_shops" ("id" INTEGER NOT NULL, "name" TEXT DEFAULT 'none', "#
                    + #""rank" INTEGER DEFAULT 1 NOT NULL, PRIMARY KEY ("id"), "#
                    + #"CONSTRAINT "ranked" CHECK (rank >= 0))"#,
                #"INSERT INTO "_rebuilt_shops" ("id", "name", "rank") SELECT "id", "name", "rank" FROM "shops""#,
                #"DROP TABLE "shops""#,
                "PRAGMA legacy_alter_table = ON",
                #"ALTER TABLE "_rebuilt_shops" RENAME TO "shops""#,
                "PRAGMA legacy_alter_table = OFF",
                #"CREATE INDEX "by_name" ON "shops" ("name" DESC, "id") WHERE rank > 1"#,
                #"CREATE INDEX "by_rank" ON "shops" ("rank")"#,
            ]
        )
    }

    @Test(arguments: [
        (SchemaOperation.addColumn(Column("note", .text, nullable: true), to: "shops"), false),
        (.addColumn(Column("made", .timestamp(), default: .currentTimestamp), to: "shops"), true),
        (.addColumn(Column("note", .text), to: "shops"), true), (.dropColumn("name", from: "shops"), true),
        (.dropColumn("rank", from: "shops"), true), (.renameColumn("name", of: "shops", to: "title"), false),
        (.dropColumn("id", from: "strangers"), false), (.dropIndex("by_rank", on: "shops"), false),
        (.alterColumn(Shops.name, to: Shops.name, of: "shops"), false),
        (.addConstraint(.unique(UniqueConstraint(["name"])), to: "shops"), true),
        (.dropConstraint(.check(CheckConstraint(unsafe: "", name: "ranked")), from: "shops"), true),
    ])
    func onlyWhatCannotBeDoneInPlaceTakesANewTable(_ operation: SchemaOperation, takesOne: Bool) throws {
        let table = SQLiteDialect().rebuiltTable(by: operation, in: try Shops.chain().model(at: ["1"]))
        #expect(table == (takesOne ? "shops" : nil))
        #expect(try statements(operation).contains { $0.hasPrefix("INSERT") } == takesOne)
    }

    @Test func whatStaysAsItIsTakesNoStatement() throws {
        #expect(try statements(.alterColumn(Shops.name, to: Shops.name, of: "shops")).isEmpty)
    }

    @Test func anUnknownTableCannotBeMadeAnew() throws {
        let operation = SchemaOperation.addConstraint(.unique(UniqueConstraint(["a"])), to: "strangers")
        let error = #expect(throws: DatabaseError.self) { try statements(operation) }
        #expect(error?.code == .unsupportedFeature)
        #expect(error?.message.contains("strangers") == true && error?.message.contains("createTable") == true)
    }

    @Test func anOldReleaseDropsColumnsByANewTableAndLacksTheRest() throws {
        let old = SchemaOperation.dropColumn("shop", from: "items")
        #expect(try statements(old, 3_034_000).contains { $0.hasPrefix("DROP TABLE") })
        let error = #expect(throws: DatabaseError.self) { try statements(old, 3_025_000) }
        #expect(error?.code == .unsupportedFeature && error?.message.contains("3.26.0") == true)
    }

    @Test func childrenTriggersViewsAndIndexesSurvive() async throws {
        let chain = try Shops.chain()
        let others = [
            "CREATE VIEW great AS SELECT id, name FROM shops WHERE rank > 1",
            "CREATE TABLE log (word TEXT)",
            "CREATE TRIGGER noted AFTER DELETE ON shops BEGIN INSERT INTO log VALUES ('gone ' || old.name); END",
            "CREATE TRIGGER kept BEFORE DELETE ON items WHEN (SELECT rank FROM shops WHERE id = old.shop) > 1 "
                + "BEGIN SELECT RAISE(ABORT, 'kept'); END",
            "CREATE INDEX lowered ON shops (lower(name))",
        ]
        try await Shops.withFirstStep(chain, others) { connection, _ in
            let before = try await catalog(connection)
            try await Shops.migrator(chain, connection).upgrade()
            #expect(try await scalar("SELECT COUNT(*) FROM items", as: Int.self, connection) == 1000)
            #expect(try await scalar("SELECT name FROM great", as: String.self, connection) == "two")
            // Everything but the table itself is there in the same words.
            let after = try await catalog(connection)
            #expect(before.count == 10)
            #expect(Set(before).symmetricDifference(after).count == 2)
            #expect(after.contains { $0.contains("'none'") })
            try await connection.execute("DELETE FROM shops WHERE id = 1")
            #expect(try await scalar("SELECT word FROM log", as: String.self, connection) == "gone one")
            #expect(try await scalar("SELECT COUNT(*) FROM items", as: Int.self, connection) == 0)
        }
    }

    @Test func aColumnThatMayNotBeNullIsAppendedToAnEmptyTable() async throws {
        let chain = try Shops.chain([.addColumn(Column("note", .text), to: "shops")])
        try await Shops.withFirstStep(chain) { connection, _ in
            let error = try await failure { try await Shops.migrator(chain, connection).upgrade() }
            #expect(error.code == .notNullViolation)
            try await connection.execute("DELETE FROM shops")
            try await Shops.migrator(chain, connection).upgrade()
            #expect(try await columns("SELECT * FROM shops", connection) == ["id", "name", "rank", "note"])
        }
    }

    @Test(arguments: [true, false]) func aPooledConnectionHasItsForeignKeysAgain(succeeds: Bool) async throws {
        let change = succeeds ? Shops.change : .alterColumn(Shops.name, to: Column("name", .text), of: "shops")
        let chain = try Shops.chain([change])
        try await withFolder { folder in
            try await Engine.withEngine(url: "sqlite:///\(folder)/shop.db") { engine in
                try await engine.withConnection { connection in
                    try await Shops.migrator(chain, connection).upgrade(to: .revision("1"))
                    try await connection.execute("INSERT INTO shops (id, name) VALUES (1, NULL)")
                    do throws(DatabaseError) {
                        try await Shops.migrator(chain, connection).upgrade()
                        #expect(succeeds)
                    } catch {
                        #expect(!succeeds && error.code == .notNullViolation)
                    }
                    let orphan = try await failure {
                        try await connection.execute("INSERT INTO items (id, shop) VALUES (1, 9)")
                    }
                    #expect(orphan.code == .foreignKeyViolation)
                }
            }
        }
    }

    /// While a migrator waits that has nothing to make anew, another one goes back behind a step that has.
    @Test func whatAnotherMigratorUndoesMeanwhileIsMadeAnewWithoutForeignKeys() async throws {
        let steps = [ShopStep(revision: "3", parents: ["2"], upgrade: [])]
        let chain = try Shops.chain(followedBy: steps)
        try await Shops.withFirstStep(chain) { connection, folder in
            try await Shops.migrator(chain, connection).upgrade(to: .revision("2"))
            try await withConnection(connector(folder + "/shop.db")) { other in
                try await other.begin(.readWrite)
                try await other.execute("UPDATE shop_version SET version_num = '1'")
                let (waiting, isWaiting) = AsyncStream.makeStream(of: Void.self)
                async let report = Shops.migrator(chain, connection).upgrade { event in
                    if case .waitingForLock = event { isWaiting.finish() }
                }
                for await _ in waiting {}
                try await other.commit()
                #expect(try await report.steps.map(\.revision) == ["2", "3"])
            }
            #expect(try await scalar("SELECT COUNT(*) FROM items", as: Int.self, connection) == 1000)
        }
    }

    /// What is on the disk after each statement is what somebody finds who comes after a kill.
    @Test func killedAnywhereTheOldTableIsThere() async throws {
        let chain = try Shops.chain()
        try await Shops.withFirstStep(chain) { connection, folder in
            let before = try await catalog(connection)
            let model = try chain.model(at: ["1"])
            guard case .schema(let operation) = Shops.change else { return }
            try await connection.suspendForeignKeys()
            try await connection.begin(.readWrite)
            // Without a page in its cache it writes what it has before the commit.
            try await connection.execute("PRAGMA cache_size = 1")
            for (number, statement) in try SQLiteDialect().statements(for: operation, in: model).enumerated() {
                try await connection.execute(statement)
                let copy = "\(folder)/copy\(number).db"
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: "\(folder)/shop.db\(suffix)", toPath: copy + suffix)
                }
                try await withConnection(connector(copy)) { try await expectAsBefore(before, $0) }
            }
            try await connection.rollBack()
            try await connection.resumeForeignKeys()
            #expect(try await catalog(connection) == before)
        }
    }

    private func expectAsBefore(_ before: [String], _ connection: SQLiteConnection) async throws {
        #expect(try await catalog(connection) == before)
        #expect(try await scalar("SELECT COUNT(*) FROM items", as: Int.self, connection) == 1000)
        #expect(try await scalar("SELECT COUNT(*) FROM shops", as: Int.self, connection) == 2)
        #expect(try await scalar("PRAGMA integrity_check", as: String.self, connection) == "ok")
    }

    @Test func aCancelledOneLeavesEverythingAsItWas() async throws {
        let chain = try Shops.chain([
            Shops.change,
            .data(summary: "wait for the cancellation") { _ throws(DatabaseError) in
                withUnsafeCurrentTask { $0?.cancel() }
            },
            Shops.change,
        ])
        try await Shops.withFirstStep(chain) { connection, _ in
            let before = try await catalog(connection)
            let error = await Task { () -> DatabaseError? in
                do throws(DatabaseError) {
                    try await Shops.migrator(chain, connection).upgrade()
                    return nil
                } catch {
                    return error
                }
            }.value
            #expect(error?.code == .cancelled)
            #expect(try await catalog(connection) == before)
            #expect(try await scalar("PRAGMA foreign_keys", as: Int.self, connection) == 1)
        }
    }
}

/// The statements of everything in the database.
func catalog(_ connection: SQLiteConnection) async throws -> [String] {
    try await connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'shop_version' ORDER BY type, name"
    ).rows.map { try $0.decode(String.self, at: 0) }
}
#endif

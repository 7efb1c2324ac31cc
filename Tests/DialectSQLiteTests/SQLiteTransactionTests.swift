#if SQLite
import DialectCore
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteTransactionTests {
    private func withTable(
        _ query: String = "",
        _ body: (SQLiteConnection) async throws -> Void
    ) async throws {
        try await withFile(query) { connection in
            try await connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)")
            try await body(connection)
            let holdsSlot = await connection.holdsSlot
            #expect(!holdsSlot, "the writer slot was not given back")
        }
    }

    private func count(_ connection: SQLiteConnection) async throws -> Int {
        try await scalar("SELECT count(*) FROM t", connection)
    }

    @Test func commitKeepsAndRollBackUndoes() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            try await connection.commit()
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (2)")
            try await connection.rollBack()
            #expect(try await count(connection) == 1)
        }
    }

    @Test func aWriteTransactionHoldsTheSlotFromItsBegin() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            let holdsSlot = await connection.holdsSlot
            #expect(holdsSlot)
            try await connection.rollBack()
        }
    }

    @Test func callsOutsideTheirStateAreRefused() async throws {
        try await withTable { connection in
            let outside: [() async throws -> Void] = [
                { try await connection.commit() }, { try await connection.savepoint(.set("a")) },
                { try await connection.savepoint(.release("a")) },
            ]
            for call in outside {
                let error = try await failure(call)
                #expect(error.code == .invalidTransactionState)
            }
            try await connection.rollBack()
            try await connection.begin(.readOnly)
            for options in [TransactionOptions.readOnly, .readWrite] {
                let error = try await failure { try await connection.begin(options) }
                #expect(error.code == .invalidTransactionState)
            }
            try await connection.commit()
        }
    }

    @Test(arguments: [IsolationLevel.readUncommitted, .readCommitted, .repeatableRead, .serializable])
    func everyStandardIsolationLevelIsAccepted(level: IsolationLevel) async throws {
        try await withTable { connection in
            try await connection.begin(TransactionOptions(isolationLevel: level))
            try await connection.commit()
        }
    }

    @Test func anUnknownIsolationLevelIsRefused() async throws {
        try await withTable { connection in
            let options = TransactionOptions(isolationLevel: IsolationLevel("SNAPSHOT"))
            let error = try await failure { try await connection.begin(options) }
            #expect(error.code == .unsupportedFeature)
        }
    }

    @Test(arguments: [
        "INSERT INTO t VALUES (1)", "DELETE FROM t", "CREATE TABLE u (a)", "CREATE TEMP TABLE u (a)", "DROP TABLE t",
        "PRAGMA user_version = 3", "PRAGMA journal_mode = delete", "VACUUM",
    ])
    func aReadOnlyTransactionDoesNotWrite(sql: String) async throws {
        try await withTable { connection in
            try await connection.begin(.readOnly)
            let error = try await failure { try await connection.execute(Statement(unsafe: sql)) }
            #expect(error.code == .readOnlyViolation)
            #expect(try await count(connection) == 0)
            try await connection.commit()
            try await connection.execute("INSERT INTO t VALUES (1)")
        }
    }

    @Test func savepointsNest() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            for (number, name) in ["a", "b\"; DROP TABLE t; --", "a"].enumerated() {
                try await connection.savepoint(.set(name))
                try await connection.execute("INSERT INTO t VALUES (\(number))")
            }
            try await connection.savepoint(.rollBack(to: "a"))
            #expect(try await count(connection) == 2)
            try await connection.savepoint(.release("a"))
            try await connection.savepoint(.rollBack(to: "b\"; DROP TABLE t; --"))
            #expect(try await count(connection) == 1)
            try await connection.commit()
            #expect(try await count(connection) == 1)
        }
    }

    @Test func anUnknownSavepointIsRefused() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            let error = try await failure { try await connection.savepoint(.release("absent")) }
            #expect(error.code == .invalidTransactionState)
            try await connection.rollBack()
        }
    }

    @Test func aFailedStatementLeavesTheTransactionOpen() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            let error = try await failure { try await connection.execute("INSERT INTO t VALUES (1)") }
            #expect(error.code == .uniqueViolation)
            try await connection.execute("INSERT INTO t VALUES (2)")
            try await connection.commit()
            #expect(try await count(connection) == 2)
        }
    }

    @Test func afterTheDatabaseEndedTheTransactionNothingRunsUntilItIsRolledBack() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            let cause = try await failure { try await connection.execute("INSERT OR ROLLBACK INTO t VALUES (1)") }
            #expect(cause.code == .uniqueViolation)
            let holdsSlot = await connection.holdsSlot
            #expect(!holdsSlot)
            let calls: [() async throws -> Void] = [
                { try await connection.execute("INSERT INTO t VALUES (2)") },
                { try await connection.execute("SELECT 1") }, { try await connection.savepoint(.set("a")) },
                { try await connection.begin(.readWrite) }, { _ = try await connection.openCursor("SELECT 1") },
            ]
            for call in calls {
                let error = try await failure(call)
                #expect(error.code == .invalidTransactionState)
            }
            try await connection.rollBack()
            #expect(try await count(connection) == 0)
        }
    }

    @Test func committingATransactionThatTheDatabaseEndedFailsOnce() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            _ = try await failure { try await connection.execute("INSERT OR ROLLBACK INTO t VALUES (1)") }
            let error = try await failure { try await connection.commit() }
            #expect(error.code == .invalidTransactionState)
            try await connection.begin(.readWrite)
            try await connection.commit()
            #expect(try await count(connection) == 0)
        }
    }

    @Test func aTransactionTypedByHandIsTracked() async throws {
        try await withTable { connection in
            for begin in ["BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "SAVEPOINT a"] as [Statement] {
                try await connection.execute(begin)
                try await connection.execute("INSERT INTO t VALUES (1)")
                let holdsSlot = await connection.holdsSlot
                #expect(holdsSlot)
                try await connection.execute("ROLLBACK")
                let holdsSlotAfterwards = await connection.holdsSlot
                #expect(!holdsSlotAfterwards)
            }
            try await connection.execute("BEGIN")
            try await connection.execute("INSERT INTO t VALUES (1)")
            try await connection.execute("COMMIT")
            #expect(try await count(connection) == 1)
        }
    }

    @Test func aRollbackTypedAfterTheDatabaseEndedTheTransactionIsAccepted() async throws {
        try await withTable { connection in
            try await connection.execute("BEGIN")
            try await connection.execute("INSERT INTO t VALUES (1)")
            _ = try await failure { try await connection.execute("INSERT OR ROLLBACK INTO t VALUES (1)") }
            try await connection.execute("ROLLBACK")
            #expect(try await count(connection) == 0)
        }
    }

    @Test func aDeferredForeignKeyFailsTheCommitAndLeavesTheTransactionOpen() async throws {
        try await withTable { connection in
            try await connection.execute("CREATE TABLE c (a REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO c VALUES (5)")
            let error = try await failure { try await connection.commit() }
            #expect(error.code == .foreignKeyViolation)
            try await connection.execute("INSERT INTO t VALUES (5)")
            try await connection.commit()
            #expect(try await count(connection) == 1)
        }
    }

    @Test func schemaChangesAreRolledBack() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            try await connection.execute("CREATE TABLE u (a)")
            try await connection.execute("ALTER TABLE t ADD COLUMN b")
            try await connection.rollBack()
            let names = try await columns("SELECT * FROM t", connection)
            #expect(names == ["a"])
            let error = try await failure { try await connection.execute("SELECT * FROM u") }
            #expect(error.code == .undefinedObject)
        }
    }

    @Test func resetRollsBackAndClosesTheCursor() async throws {
        try await withTable { connection in
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1), (2)")
            let cursor = try await connection.openCursor("SELECT * FROM t")
            _ = try await cursor.nextBatch(limit: 1)
            try await connection.reset()
            #expect(try await count(connection) == 0)
            let error = try await failure { _ = try await cursor.nextBatch(limit: 1) }
            #expect(error.code == .invalidTransactionState)
            try await connection.begin(.readWrite)
            try await connection.rollBack()
        }
    }

    @Test(arguments: [
        "PRAGMA foreign_keys = OFF", "PRAGMA query_only = ON", "PRAGMA synchronous = OFF",
        "PRAGMA ignore_check_constraints = ON", "CREATE TEMP TABLE t (a)", "ATTACH ':memory:' AS other",
    ])
    func resetUndoesWhatAStatementLeftInTheSession(sql: String) async throws {
        try await withTable { connection in
            let before = try await session(connection)
            try await connection.execute(Statement(unsafe: sql))
            #expect(try await session(connection) != before)
            try await connection.reset()
            #expect(try await session(connection) == before)
        }
    }

    private func session(_ connection: SQLiteConnection) async throws -> [String] {
        var lines: [String] = []
        for pragma in [
            "foreign_keys", "query_only", "synchronous", "ignore_check_constraints", "database_list", "journal_mode",
        ] {
            for row in try await connection.execute("PRAGMA \(unsafe: pragma)").rows {
                for position in row.columns.indices { lines.append("\(try row.decode(SQLValue.self, at: position))") }
            }
        }
        let temporary = try await scalar("SELECT count(*) FROM sqlite_temp_schema", as: Int.self, connection)
        return lines + ["\(temporary) temporary"]
    }

    @Test func readingPragmasDoNotCountAsChanges() async throws {
        try await withTable { connection in
            for pragma in ["table_info(t)", "foreign_keys", "index_list('t')", "user_version = 1", "quick_check(5)"] {
                try await connection.execute("PRAGMA \(unsafe: pragma)")
            }
            let hasChanged = await connection.hasChangedSession
            #expect(!hasChanged)
        }
    }

    @Test func resetKeepsADatabaseInMemory() async throws {
        try await withMemory { connection in
            try await connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)")
            try await connection.execute("INSERT INTO t VALUES (1)")
            try await connection.execute("PRAGMA foreign_keys = OFF")
            try await connection.execute("PRAGMA query_only = ON")
            try await connection.reset()
            #expect(try await count(connection) == 1)
            let enforced = try await scalar("PRAGMA foreign_keys", as: Int.self, connection)
            #expect(enforced == 1)
            try await connection.execute("INSERT INTO t VALUES (2)")
        }
    }
}
#endif

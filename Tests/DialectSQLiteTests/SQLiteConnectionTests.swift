#if SQLite
import DialectCore
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteConnectionTests {
    @Test func executeReturnsTheRows() async throws {
        try await withFile { connection in
            let rows = try await connection.execute("SELECT \(1) AS one, \("zwei") AS two UNION ALL SELECT 3, 'vier'")
                .rows
            #expect(rows.columns.map(\.name) == ["one", "two"])
            #expect(try rows.map { try $0.decode(Int.self, at: 0) } == [1, 3])
            #expect(try rows.map { try $0.decode(String.self, named: "two") } == ["zwei", "vier"])
        }
    }

    @Test func aResultWithoutRowsHasItsColumns() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a INTEGER, b VARCHAR(5))")
            let rows = try await connection.execute("SELECT a, b FROM t").rows
            #expect(rows.isEmpty)
            #expect(rows.columns.map(\.declaredType) == ["INTEGER", "VARCHAR(5)"])
        }
    }

    @Test func affectedRowsCountsMatchedRows() async throws {
        try await withFile { connection in
            let created = try await affected("CREATE TABLE t (a INTEGER PRIMARY KEY, b)", connection)
            #expect(created == 0)
            #expect(try await affected("INSERT INTO t VALUES (1, 1), (2, 1), (3, 2)", connection) == 3)
            #expect(try await affected("UPDATE t SET b = 1", connection) == 3)
            #expect(try await affected("UPDATE t SET b = 1 WHERE a > 100", connection) == 0)
            #expect(try await affected("DELETE FROM t WHERE a < 3", connection) == 2)
            #expect(try await affected("SELECT * FROM t", connection) == 0)
            #expect(try await affected("CREATE TABLE u (a)", connection) == 0)
            #expect(try await affected("DROP TABLE t", connection) == 0)
            #expect(try await affected("PRAGMA user_version = 4", connection) == 0)
        }
    }

    @Test func affectedRowsLeavesOutWhatTriggersAndCascadesChange() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)")
            try await connection.execute("CREATE TABLE c (p INTEGER REFERENCES p ON DELETE CASCADE)")
            try await connection.execute("CREATE TABLE log (n)")
            try await connection.execute("CREATE TRIGGER tr AFTER DELETE ON p BEGIN INSERT INTO log VALUES (1); END")
            try await connection.execute("INSERT INTO p VALUES (1), (2)")
            try await connection.execute("INSERT INTO c VALUES (1), (1), (2)")
            #expect(try await affected("DELETE FROM p WHERE id = 1", connection) == 1)
            #expect(try await scalar("SELECT count(*) FROM c", connection) == 1)
        }
    }

    @Test func returningGivesRowsAndCountsThem() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
            let result = try await connection.execute("INSERT INTO t (a) VALUES ('x'), ('y') RETURNING id, a")
            #expect(result.affectedRows == 2)
            #expect(try result.rows.map { try $0.decode(String.self, named: "a") } == ["x", "y"])
        }
    }

    @Test(arguments: [
        "SELECT 1; SELECT 2", "SELECT 1;SELECT", "SELECT 1; ; -- x\n DELETE FROM t",
        "SELECT 1; PRAGMA foreign_keys = OFF",
    ])
    func severalStatementsInOneTextAreRefused(sql: String) async throws {
        try await withFile { connection in
            let error = try await failure { try await connection.execute(Statement(unsafe: sql)) }
            #expect(error.code == .syntaxError)
            #expect(error.message.contains("more than one statement"))
            #expect(try await scalar("PRAGMA foreign_keys", connection) == 1)
            #expect(await !connection.hasChangedSession)
        }
    }

    @Test(arguments: ["SELECT 1;", "SELECT 1 ; ", "SELECT 1 -- note", "SELECT 1; /* note */ ; ", "/* a */ SELECT 1\n"])
    func commentsAndSemicolonsMayFollowAStatement(sql: String) async throws {
        try await withFile { connection in
            let one = try await scalar(Statement(unsafe: sql), as: Int.self, connection)
            #expect(one == 1)
        }
    }

    @Test(arguments: ["", "  ", "-- nothing", ";"])
    func anEmptyStatementIsRefused(sql: String) async throws {
        try await withFile { connection in
            let error = try await failure { try await connection.execute(Statement(unsafe: sql)) }
            #expect(error.code == .syntaxError)
        }
    }

    @Test func aNULInTheTextIsRefused() async throws {
        try await withFile { connection in
            let error = try await failure { try await connection.execute("SELECT 1\0; nonsense") }
            #expect(error.code == .syntaxError)
        }
    }

    @Test(arguments: ["SELECT ?", "SELECT :name", "SELECT ?1", "SELECT ?2", "SELECT $a", "SELECT @a"])
    func strayPlaceholdersAreRefused(sql: String) async throws {
        try await withFile { connection in
            let alone = try await failure { try await connection.execute(Statement(unsafe: sql)) }
            #expect(alone.code == .syntaxError)
            #expect(alone.message.contains("placeholders"))
            let beforeAValue = try await failure { try await connection.execute("\(unsafe: sql), \(1)") }
            #expect(beforeAValue.code == .syntaxError)
            let afterAValue = try await failure { try await connection.execute("SELECT (\(1)), (\(unsafe: sql))") }
            #expect(afterAValue.code == .syntaxError)
        }
    }

    @Test func aThousandStatementsKeepTheCacheBounded() async throws {
        try await withFile("cached_statements=10") { connection in
            for number in 0..<1000 {
                let result = try await scalar(Statement(unsafe: "SELECT \(number)"), as: Int.self, connection)
                #expect(result == number)
            }
            #expect(await connection.cachedStatementCount == 10)
        }
    }

    @Test func withoutACacheStatementsWork() async throws {
        try await withFile("cached_statements=0") { connection in
            for _ in 0..<10 { try await connection.execute("SELECT 7") }
            #expect(await connection.cachedStatementCount == 0)
        }
    }

    @Test func aCachedStatementSeesNewColumns() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await connection.execute("INSERT INTO t VALUES (1)")
            #expect(try await columns("SELECT * FROM t", connection) == ["a"])
            try await connection.execute("ALTER TABLE t ADD COLUMN b DEFAULT 5")
            let rows = try await connection.execute("SELECT * FROM t").rows
            #expect(rows.columns.map(\.name) == ["a", "b"])
            #expect(try rows[0].decode(Int.self, Int.self) == (1, 5))
        }
    }

    @Test func aStatementForgetsItsValues() async throws {
        try await withFile { connection in
            let first = try await scalar("SELECT \("secret")", as: String.self, connection)
            #expect(first == "secret")
            let text: String? = nil
            #expect(try await scalar("SELECT \(text)", as: String?.self, connection) == nil)
        }
    }

    @Test func aMisspeltQuotedColumnIsAnError() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let error = try await failure { try await connection.execute("SELECT \(identifier: "b") FROM t") }
            #expect(error.code == .undefinedObject)
            #expect(error.columns == ["b"])
        }
    }

    @Test func foreignKeysAreEnforcedUnlessTheURLSaysOtherwise() async throws {
        for (query, code) in [("", DatabaseError.Code.foreignKeyViolation), ("foreign_keys=off", nil)] {
            try await withFile(query) { connection in
                try await connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)")
                try await connection.execute("CREATE TABLE c (p INTEGER REFERENCES p)")
                if let code {
                    let error = try await failure { try await connection.execute("INSERT INTO c VALUES (1)") }
                    #expect(error.code == code)
                } else {
                    try await connection.execute("INSERT INTO c VALUES (1)")
                }
            }
        }
    }

    @Test func filesAreInWriteAheadLoggingWithDurableCommits() async throws {
        try await withFile { connection in
            let mode = try await scalar("PRAGMA journal_mode", as: String.self, connection)
            #expect(mode == "wal")
            #expect(try await scalar("PRAGMA synchronous", connection) == 2)
        }
    }

    @Test(arguments: ["delete", "truncate", "persist"])
    func theURLChoosesTheJournalMode(mode: String) async throws {
        try await withFile("journal_mode=\(mode)&synchronous=extra") { connection in
            let actual = try await scalar("PRAGMA journal_mode", as: String.self, connection)
            #expect(actual == mode)
            #expect(try await scalar("PRAGMA synchronous", connection) == 3)
        }
    }

    @Test func callsOfSeveralTasksRunOneAfterTheOther() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask { try await connection.execute("INSERT INTO t VALUES (\(number))") }
                }
                try await group.waitForAll()
            }
            #expect(try await scalar("SELECT count(*) FROM t", connection) == 50)
        }
    }

    @Test func pingFindsAFileThatWasReplaced() async throws {
        try await withFolder { folder in
            let path = folder + "/a.db"
            try await withConnection(connector(path)) { connection in
                try await connection.ping()
                try rename(path, to: folder + "/b.db")
                let gone = try await failure { try await connection.ping() }
                #expect(gone.code == .connectionLost)
                #expect(gone.message.contains(path))
                try await withConnection(connector(path)) { other in try await other.ping() }
                let replaced = try await failure { try await connection.ping() }
                #expect(replaced.code == .connectionLost)
            }
        }
    }

    @Test func afterCloseEveryCallFails() async throws {
        try await withFile { connection in
            await connection.close()
            await connection.close()
            let calls: [() async throws -> Void] = [
                { try await connection.execute("SELECT 1") }, { try await connection.begin(.readOnly) },
                { try await connection.commit() }, { try await connection.rollBack() },
                { try await connection.savepoint(.set("a")) }, { try await connection.ping() },
                { try await connection.reset() }, { _ = try await connection.openCursor("SELECT 1") },
            ]
            for call in calls {
                let error = try await failure(call)
                #expect(error.code == .connectionClosed)
            }
        }
    }

    @Test func aConnectionThatIsDroppedClosesItself() async throws {
        try await withFolder { folder in
            let path = folder + "/dropped.db"
            do {
                let connection = try await connector(path).open()
                try await connection.execute("CREATE TABLE t (a)")
                try await connection.begin(.readWrite)
            }
            try await withConnection(connector(path)) { other in
                try await other.execute("INSERT INTO t VALUES (1)")
            }
        }
    }

    @Test func closeEndsTheStatementThatRuns() async throws {
        try await withFile { connection in
            let running = Task { try await connection.execute(endless) }
            try await eventually { connection.interrupter.isInterruptible }
            await connection.close()
            let error = try await failure { _ = try await running.value }
            #expect(error.code == .connectionClosed)
        }
    }

    @Test func theBodyRunsOnTheSessionsThreadsWhenItPrefersTheirExecutor() async throws {
        try await withFile { connection in
            let isThere = try await isOnThreads(preferring: connection)
            #expect(isThere)
        }
    }

    @concurrent private func isOnThreads(preferring connection: SQLiteConnection) async throws -> Bool {
        try await withTaskExecutorPreference(connection.preferredExecutor) {
            try await connection.execute("SELECT 1")
            return await isOnThreads()
        }
    }

    @concurrent private func isOnThreads() async -> Bool { SQLiteThreads.isCurrent }
}
#endif

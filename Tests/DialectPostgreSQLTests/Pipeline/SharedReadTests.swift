#if PostgreSQL
import DialectCore
import DialectEngine
import DialectPostgreSQL
import TestSupport
import Testing

@Suite(.enabled(if: PostgreSQLServer.isAvailable))
struct SharedReadTests {
    @Test func everyTaskGetsItsOwnAnswer() async throws {
        try await withEngine { engine, _ in
            try await withThrowingTaskGroup { group in
                for task in 0..<64 {
                    group.addTask {
                        for round in 0..<40 {
                            let number = 1000 * task + round
                            switch number % 5 {
                            case 0:
                                try await fails(
                                    .valueOutOfRange,
                                    await engine.read("SELECT 1 / (\(number)::int - \(number)::int)")
                                )
                            case 1:
                                try await fails(.undefinedObject, await engine.read("SELECT \(number) FROM nowhere"))
                            case 2:
                                let rows = try await engine.read("SELECT \("text of \(number)") AS text").rows
                                let texts = try rows.map { row in try row.decode(String.self) }
                                #expect(texts == ["text of \(number)"])
                            default:
                                let rows = try await engine.read("SELECT \(number)::bigint + 1").rows
                                let numbers = try rows.map { row in try row.decode(Int.self) }
                                #expect(numbers == [number + 1])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: [
        "INSERT INTO t VALUES (1)", "WITH new AS (INSERT INTO t VALUES (1) RETURNING n) SELECT n FROM new",
        "SELECT add_one()", "SELECT n INTO u FROM t", "CREATE TABLE v (n int)", "SELECT n FROM t FOR UPDATE",
        "EXPLAIN ANALYZE INSERT INTO t VALUES (1)", "BEGIN", "COMMIT", "SET TRANSACTION READ WRITE",
    ])
    func whatWritesIsRefused(sql: String) async throws {
        try await withEngine { engine, server in
            try await engine.execute("CREATE TABLE t (n int)")
            try await engine.execute(
                "CREATE FUNCTION add_one() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO t VALUES (1) RETURNING n'"
            )
            try await fails(.readOnlyViolation, await engine.read(Statement(unsafe: sql)))
            let rows = try await engine.read("SELECT count(*) FROM t").rows
            #expect(try rows[0].decode(Int.self) == 0)
        }
    }

    @Test func aStatementThatChangesItsSessionRunsInOneOfThePool() async throws {
        try await withEngine { engine, _ in
            _ = try await engine.read("SELECT 1")
            _ = try await engine.read("SELECT set_config('default_transaction_read_only', 'off', false)")
            let rows = try await engine.read("SELECT current_setting('default_transaction_read_only')").rows
            #expect(try rows[0].decode(String.self) == "on")
        }
    }

    @Test func aCancelledReadReturnsAndIsEndedOnTheServer() async throws {
        try await withEngine { engine, server in
            // So that there is only one session to be in the way of.
            _ = try await engine.read("SELECT 1")
            let sleeper = Task { try await engine.read("SELECT pg_sleep(600)") }
            try await until { try await sleepers(server) == "1" }
            let others = (0..<20).map { number in Task { try await engine.read("SELECT \(number)::int") } }
            sleeper.cancel()
            try await fails(.cancelled, await sleeper.value)
            for (number, other) in others.enumerated() {
                let rows = try await other.value.rows
                #expect(try rows[0].decode(Int.self) == number)
            }
            try await until { try await sleepers(server) == "0" }
        }
    }

    @Test func aStormOfCancelsSpoilsNoNeighbour() async throws {
        try await withEngine { engine, server in
            try await withThrowingTaskGroup { group in
                for task in 0..<32 {
                    group.addTask {
                        for round in 0..<10 {
                            let number = 100 * task + round
                            if task.isMultiple(of: 2) {
                                let rows = try await engine.read("SELECT \(number)::int").rows
                                #expect(try rows[0].decode(Int.self) == number)
                            } else {
                                let read = Task {
                                    try await engine.read("SELECT pg_sleep(\(Double(number % 7) / 100))")
                                }
                                for _ in 0..<(number % 5) { await Task.yield() }
                                read.cancel()
                                // Ended, or done before that.
                                do { _ = try await read.value } catch let error as DatabaseError {
                                    #expect(error.code == .cancelled)
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func readsGoOnWhenAllSessionsAreKilled() async throws {
        try await withEngine { engine, server in
            for _ in 0..<3 {
                try await withThrowingTaskGroup { group in
                    for task in 0..<16 {
                        group.addTask {
                            for round in 0..<20 {
                                let number = 100 * task + round
                                let rows = try await engine.read("SELECT \(number)::int").rows
                                #expect(try rows[0].decode(Int.self) == number)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                try await killSessions(server)
            }
        }
    }

    @Test func aReadThatWasUnderWayRunsAgainOnANewSession() async throws {
        try await withEngine { engine, server in
            let read = Task { try await engine.read("SELECT 7 FROM pg_sleep(1)") }
            try await until { try await sleepers(server) == "1" }
            try await killSessions(server)
            let rows = try await read.value.rows
            #expect(try rows[0].decode(Int.self) == 7)
        }
    }

    @Test func aStatementWhoseTableChangedIsPreparedAgain() async throws {
        try await withEngine { engine, _ in
            try await engine.execute("CREATE TABLE t (a int)")
            try await engine.execute("INSERT INTO t VALUES (1)")
            let columns = try await engine.read("SELECT * FROM t").rows[0].columns
            #expect(columns.count == 1)
            try await engine.execute("ALTER TABLE t ADD COLUMN b text DEFAULT 'new'")
            let row = try await engine.read("SELECT * FROM t").rows[0]
            #expect(try row.decode(String.self, named: "b") == "new")
        }
    }

    @Test(arguments: [0, 2])
    func moreTextsThanTheCacheHoldsAllRun(capacity: Int) async throws {
        try await withEngine("?prepared_statement_cache_size=\(capacity)") { engine, _ in
            for round in 0..<120 {
                let sql = Statement(unsafe: "SELECT \(round % 40)")
                let row = try await engine.read(sql).rows[0]
                #expect(try row.decode(Int.self) == round % 40)
            }
            let rows = try await engine.read("SELECT count(*) FROM pg_prepared_statements").rows
            #expect(try rows[0].decode(Int.self) < 40)
        }
    }

    @Test func theCommandTimeoutEndsARead() async throws {
        try await withEngine("?command_timeout=1") { engine, server in
            try await fails(.statementTimeout, await engine.read("SELECT pg_sleep(600)"))
            try await until { try await sleepers(server) == "0" }
        }
    }

    @Test func behindAPoolerReadsRunInSessionsOfThePool() async throws {
        try await withEngine("?pgbouncer=true") { engine, _ in
            let row = try await engine.read("SELECT 1").rows[0]
            #expect(try row.decode(Int.self) == 1)
            let rows = try await engine.read("SELECT current_setting('default_transaction_read_only')").rows
            #expect(try rows[0].decode(String.self) == "off")
        }
    }

    @Test func closingEndsWhatIsUnderWayAndWhatComesLater() async throws {
        try await withEngine { engine, server in
            let read = Task { try await engine.read("SELECT pg_sleep(600)") }
            try await until { try await sleepers(server) == "1" }
            await engine.dispose()
            try await fails(.connectionClosed, await read.value)
            try await fails(.connectionClosed, await engine.read("SELECT 1"))
        }
    }

    @Test func aServerThatDoesNotAnswerFailsTheReadAtOnce() async throws {
        let engine = try engine("postgresql://nobody@127.0.0.1:1/nothing")
        try await fails(.connectionFailed, await engine.read("SELECT 1"))
        try await fails(.connectionFailed, await engine.read("SELECT 1"))
        await engine.dispose()
    }
}

/// A database of the test's own.
private struct Database {
    let server: PostgreSQLServer
    let name: String

    @discardableResult
    func query(_ sql: String) async throws -> String { try await server.query(sql) }
}

private func withEngine(
    _ options: String = "",
    _ body: (Engine, Database) async throws -> Void
) async throws {
    let server = try await PostgreSQLServer.shared()
    try await server.withDatabaseName { name in
        let engine = try engine(server.url(database: name) + options)
        do {
            try await body(engine, Database(server: server, name: name))
        } catch {
            await engine.dispose()
            throw error
        }
        await engine.dispose()
    }
}

private func engine(_ url: String) throws -> Engine {
    let url = try DatabaseURL(url)
    var pool = PostgreSQLDialect().poolDefaults(for: url)
    // Beside what keeps every core busy a new session may take longer than a program would wait for it.
    pool.connectTimeout = .seconds(60)
    return try Engine(
        url: url,
        registry: DialectRegistry([PostgreSQLDialect.self]),
        configuration: EngineConfiguration(pool: pool)
    )
}

/// How many sessions of the database sleep in a statement.
private func sleepers(_ database: Database) async throws -> String {
    try await database.query(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = '\(database.name)' AND state = 'active' AND wait_event = 'PgSleep'
        """
    )
}

private func killSessions(_ database: Database) async throws {
    try await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(database.name)'"
    )
}

/// Waits for what another process does, for a minute at most.
private func until(_ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        try #require(ContinuousClock.now < deadline)
        // The server has no way to tell.
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Expects an error with this code.
private func fails(
    _ code: DatabaseError.Code,
    _ call: @autoclosure () async throws -> StatementResult,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    do {
        _ = try await call()
        Issue.record("the call succeeded", sourceLocation: sourceLocation)
    } catch let error as DatabaseError {
        #expect(error.code == code, sourceLocation: sourceLocation)
    }
}
#endif

#if PostgreSQL
import DialectCore
import Testing
import TestSupport

@testable import DialectPostgreSQL

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLTransactionTests {
    @Test func aTransactionHasWhatWasAskedFor() async throws {
        try await withSession { connection in
            try await connection.begin(TransactionOptions(isolationLevel: .serializable, accessMode: .readOnly))
            #expect(try await scalar("SHOW transaction_isolation", as: String.self, connection) == "serializable")
            let error = try await failure { try await connection.execute("CREATE TABLE t (a int4)") }
            #expect(error.code == .readOnlyViolation)
            #expect(try await failure { try await connection.begin(.readWrite) }.code == .invalidTransactionState)
            try await connection.rollBack()
            try await connection.rollBack()
            let level = TransactionOptions(isolationLevel: IsolationLevel("CHAOS"))
            #expect(try await failure { try await connection.begin(level) }.code == .unsupportedFeature)
            #expect(try await failure { try await connection.commit() }.code == .invalidTransactionState)
            #expect(try await failure { try await connection.savepoint(.set("a")) }.code == .invalidTransactionState)
        }
    }

    @Test func aFailedTransactionIsNotCommitted() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int4)")
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            _ = try await failure { try await connection.execute("SELECT 1/0") }
            let next = try await failure { try await connection.execute("INSERT INTO t VALUES (2)") }
            #expect(next.code == .invalidTransactionState)
            #expect(try await failure { try await connection.commit() }.code == .invalidTransactionState)
            #expect(try await scalar("SELECT count(*) FROM t", as: Int.self, connection) == 0)
        }
    }

    @Test func aSavepointMendsATransaction() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int4)")
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            try await connection.savepoint(.set("a\"b"))
            _ = try await failure { try await connection.execute("SELECT 1/0") }
            try await connection.savepoint(.rollBack(to: "a\"b"))
            try await connection.savepoint(.release("a\"b"))
            try await connection.commit()
            #expect(try await scalar("SELECT count(*) FROM t", as: Int.self, connection) == 1)
        }
    }

    @Test func aDeferredConstraintFailsTheStatementOrTheCommit() async throws {
        try await withSession { connection in
            try await connection.execute(
                "CREATE TABLE t (a int4 UNIQUE DEFERRABLE INITIALLY DEFERRED)"
            )
            try await connection.execute("INSERT INTO t VALUES (1)")
            // Outside a transaction the check comes behind the statement's own success.
            for _ in 0..<2 {
                let error = try await failure { try await connection.execute("INSERT INTO t VALUES (\(1))") }
                #expect(error.code == .uniqueViolation)
            }
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            #expect(try await failure { try await connection.commit() }.code == .uniqueViolation)
            #expect(try await scalar("SELECT count(*) FROM t", as: Int.self, connection) == 1)
        }
    }

    @Test func aCutBetweenCommitAndItsAnswerIsUnknown() async throws {
        let server = try await PostgreSQLServer.shared()
        try await server.withDatabaseName { name in
            try await TCPProxy.with(target: server.port) { proxy in
                try await withSession(server.url(database: name, port: proxy.port) + "?sslmode=disable") { connection in
                    try await connection.execute("CREATE TABLE t (a int4)")
                    try await connection.begin(.readWrite)
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    proxy.mode = .swallowAnswer(toMessageWith: "COMMIT")
                    #expect(try await failure { try await connection.commit() }.code == .commitOutcomeUnknown)
                    #expect(connection.isLost)
                    #expect(try await failure { try await connection.ping() }.code == .connectionLost)
                }
            }
            #expect(try await server.query("SELECT count(*) FROM t", database: name) == "1")
        }
    }

    @Test(arguments: [("INSERT INTO t VALUES (1)", true), ("SELECT a FROM t", false)])
    func aCutInsideASingleStatementIsUnknownWhenItWrites(sql: String, isUnknown: Bool) async throws {
        let server = try await PostgreSQLServer.shared()
        try await server.withDatabaseName { name in
            try await server.query("CREATE TABLE t (a int4)", database: name)
            try await TCPProxy.with(target: server.port) { proxy in
                try await withSession(server.url(database: name, port: proxy.port) + "?sslmode=disable") { connection in
                    try await connection.execute(Statement(unsafe: sql))
                    proxy.mode = .swallowAnswer(toMessageWith: "dialect_")
                    let error = try await failure { try await connection.execute(Statement(unsafe: sql)) }
                    #expect(error.code == (isUnknown ? .commitOutcomeUnknown : .connectionLost))
                }
            }
        }
    }
}
#endif

#if MySQL
import DialectCore
import DialectEngine
import TestSupport
import Testing

@Suite(.enabled(if: MariaDBServer.isAvailable)) struct MySQLTransactionTests {
    private func withTable<Result>(_ body: (any Connection, _ url: String) async throws -> Result) async throws
        -> Result
    {
        try await withDatabase { url in
            try await withConnection(to: url) { connection in
                try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL)")
                try await connection.execute("INSERT INTO t VALUES (1, 0), (2, 0)")
                return try await body(connection, url)
            }
        }
    }

    private func sum(_ connection: any Connection) async throws -> Int {
        Int(try await connection.value("SELECT CAST(SUM(n) AS SIGNED) FROM t", as: Int.self))
    }

    @Test func aCommitKeepsAndARollbackUndoes() async throws {
        try await withTable { connection, _ in
            try await connection.begin(.readWrite)
            try await connection.execute("UPDATE t SET n = 1")
            try await connection.commit()
            try await connection.begin(.readWrite)
            try await connection.execute("UPDATE t SET n = 5")
            try await connection.rollBack()
            try await connection.rollBack()
            #expect(try await sum(connection) == 2)
        }
    }

    @Test func statesThatDoNotFitAreRefused() async throws {
        try await withTable { connection, _ in
            #expect(await failure { try await connection.commit() }?.code == .invalidTransactionState)
            #expect(await failure { try await connection.savepoint(.set("a")) }?.code == .invalidTransactionState)
            let snapshot = TransactionOptions(isolationLevel: IsolationLevel("SNAPSHOT"))
            #expect(await failure { try await connection.begin(snapshot) }?.code == .unsupportedFeature)
            try await connection.begin(.readWrite)
            #expect(await failure { try await connection.begin(.readWrite) }?.code == .invalidTransactionState)
            let missing = await failure { try await connection.savepoint(.release("missing")) }
            #expect(missing?.code == .invalidTransactionState)
            try await connection.rollBack()
        }
    }

    @Test func aSavepointUndoesAPart() async throws {
        try await withTable { connection, _ in
            try await connection.begin(.readWrite)
            try await connection.execute("UPDATE t SET n = 1")
            try await connection.savepoint(.set("a `quoted` name"))
            try await connection.execute("UPDATE t SET n = 5")
            try await connection.savepoint(.rollBack(to: "a `quoted` name"))
            try await connection.savepoint(.release("a `quoted` name"))
            try await connection.commit()
            #expect(try await sum(connection) == 2)
        }
    }

    @Test func aReadOnlyTransactionCannotWrite() async throws {
        try await withTable { connection, _ in
            try await connection.begin(.readOnly)
            #expect(await failure { try await connection.execute("UPDATE t SET n = 1") }?.code == .readOnlyViolation)
            try await connection.commit()
        }
    }

    @Test func theIsolationLevelIsForOneTransaction() async throws {
        try await withTable { connection, url in
            try await connection.begin(TransactionOptions(isolationLevel: .readCommitted))
            _ = try await sum(connection)
            try await withConnection(to: url) { _ = try await $0.execute("UPDATE t SET n = 1") }
            #expect(try await sum(connection) == 2)
            try await connection.commit()
            try await connection.begin(.readWrite)
            _ = try await sum(connection)
            try await withConnection(to: url) { _ = try await $0.execute("UPDATE t SET n = 2") }
            #expect(try await sum(connection) == 2)
            try await connection.commit()
        }
    }

    @Test func aStatementThatCommitsIsNoticed() async throws {
        try await withTable { connection, _ in
            try await connection.begin(.readWrite)
            try await connection.execute("UPDATE t SET n = 1")
            try await connection.execute("CREATE TABLE other (n INT)")
            try await connection.execute("UPDATE t SET n = 5")
            let error = await failure { try await connection.rollBack() }
            #expect(error?.code == .invalidTransactionState)
            #expect(try await sum(connection) == 2)
            try await connection.begin(.readWrite)
            try await connection.commit()
        }
    }

    @Test func aStatementThatCommitsAndFailsIsNoticedToo() async throws {
        try await withTable { connection, _ in
            try await connection.begin(.readWrite)
            try await connection.execute("UPDATE t SET n = 1")
            #expect(await failure { try await connection.execute("CREATE TABLE t (n INT)") }?.code == .duplicateObject)
            try await connection.execute("UPDATE t SET n = 5")
            #expect(await failure { try await connection.rollBack() }?.code == .invalidTransactionState)
            #expect(try await sum(connection) == 2)
        }
    }

    @Test func anErrorLeavesTheTransactionOpen() async throws {
        try await withTable { connection, _ in
            try await connection.begin(.readWrite)
            try await connection.execute("UPDATE t SET n = 1")
            #expect(
                await failure { try await connection.execute("INSERT INTO t VALUES (1, 1)") }?.code == .uniqueViolation
            )
            try await connection.commit()
            #expect(try await sum(connection) == 2)
        }
    }

    @Test func afterADeadlockNothingRunsUntilTheRollback() async throws {
        try await withTable { first, url in
            try await withConnection(to: url) { second in
                try await first.begin(.readWrite)
                try await second.begin(.readWrite)
                try await first.execute("UPDATE t SET n = 1 WHERE id = 1")
                try await second.execute("UPDATE t SET n = 1 WHERE id = 2")
                async let waiting = failure { try await first.execute("UPDATE t SET n = 2 WHERE id = 2") }
                let other = await failure { try await second.execute("UPDATE t SET n = 2 WHERE id = 1") }
                let errors = [await waiting, other]
                #expect(errors.compactMap { $0?.code } == [.deadlock])
                let loser = errors[0] == nil ? second : first
                let later = await failure { try await loser.execute("INSERT INTO t VALUES (9, 9)") }
                #expect(later?.code == .invalidTransactionState)
                #expect(await failure { try await loser.commit() }?.code == .deadlock)
                let winner = errors[0] == nil ? first : second
                try await winner.commit()
                #expect(try await loser.value("SELECT COUNT(*) FROM t", as: Int.self) == 2)
            }
        }
    }

    @Test func aLockTimeoutLosesTheStatementOnly() async throws {
        try await withTable { first, url in
            try await withConnection(to: url + "?init_command=SET%20innodb_lock_wait_timeout=1") { second in
                try await first.begin(.readWrite)
                try await first.execute("UPDATE t SET n = 1 WHERE id = 1")
                try await second.begin(.readWrite)
                try await second.execute("UPDATE t SET n = 7 WHERE id = 2")
                #expect(await failure { try await second.execute("UPDATE t SET n = 2") }?.code == .lockTimeout)
                try await second.commit()
                try await first.rollBack()
                #expect(try await sum(first) == 7)
            }
        }
    }

    @Test func aBrokenAnswerToCommitLeavesTheOutcomeUnknown() async throws {
        let server = try await MariaDBServer.shared()
        try await server.withDatabaseName { name in
            try await TCPProxy.with(target: server.port) { proxy in
                let url = server.url(database: name, port: proxy.port) + "?ssl=false"
                try await withConnection(to: url) { connection in
                    try await connection.execute("CREATE TABLE t (n INT)")
                    try await connection.begin(.readWrite)
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    proxy.mode = .swallowAnswer(toMessageWith: "COMMIT")
                    #expect(await failure { try await connection.commit() }?.code == .commitOutcomeUnknown)
                    #expect(await failure { try await connection.execute("SELECT 1") }?.code == .connectionLost)
                    #expect(connection.isLost)
                }
            }
        }
    }
}
#endif

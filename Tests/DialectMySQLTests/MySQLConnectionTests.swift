#if MySQL
import DialectCore
import DialectMySQL
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: MariaDBServer.isAvailable)) struct MySQLConnectionTests {
    @Test func aSessionRunsStatementsWithAndWithoutParameters() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))")
            let inserted = try await connection.execute("INSERT INTO t VALUES (\(1), \("one")), (\(2), \("two"))")
            #expect(inserted.affectedRows == 2)
            let rows = try await connection.execute("SELECT id, name FROM t ORDER BY id").rows
            #expect(rows.columns.map(\.name) == ["id", "name"])
            #expect(try rows.map { try $0.decode(Int.self, String.self) }.map(\.1) == ["one", "two"])
            #expect(try await connection.value("SELECT name FROM t WHERE id = \(2)", as: String.self) == "two")
            #expect(try await connection.value("SELECT COUNT(*) FROM t", as: Int.self) == 2)
        }
    }

    @Test func anUpdateCountsTheRowsThatItMatches() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT)")
            try await connection.execute("INSERT INTO t VALUES (1, 1), (2, 1)")
            #expect(try await connection.execute("UPDATE t SET n = 1").affectedRows == 2)
            #expect(try await connection.execute("UPDATE t SET n = \(1) WHERE id = \(3)").affectedRows == 0)
            #expect(try await connection.execute("SELECT * FROM t").affectedRows == 0)
        }
    }

    @Test func theSessionIsStrictInUTCAndKeepsAllOfUnicode() async throws {
        try await withConnection { connection in
            let mode = try await connection.value("SELECT @@sql_mode", as: String.self)
            #expect(mode.contains("STRICT_ALL_TABLES"))
            #expect(try await connection.value("SELECT @@time_zone", as: String.self) == "+00:00")
            #expect(try await connection.value("SELECT @@character_set_connection", as: String.self) == "utf8mb4")
            try await connection.execute("CREATE TABLE t (s VARCHAR(3))")
            let error = await failure { try await connection.execute("INSERT INTO t VALUES ('four')") }
            #expect(error?.code == .valueOutOfRange)
        }
    }

    @Test func aPreparedStatementIsKeptAndFollowsItsTable() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (a INT, b INT)")
            try await connection.execute("INSERT INTO t VALUES (1, 2)")
            let all: Statement = "SELECT * FROM t"
            #expect(try await connection.execute(all).rows.columns.map(\.name) == ["a", "b"])
            try await connection.execute("ALTER TABLE t ADD c INT DEFAULT 3")
            #expect(try await connection.execute(all).rows.columns.map(\.name) == ["a", "b", "c"])
            try await connection.execute("ALTER TABLE t MODIFY b VARCHAR(20)")
            #expect(try await connection.execute(all).rows[0].decode(String.self, named: "b") == "2")
            try await connection.execute("ALTER TABLE t RENAME COLUMN b TO z")
            #expect(try await connection.execute(all).rows.columns.map(\.name) == ["a", "z", "c"])
        }
    }

    @Test func whatTheServerCannotPrepareIsSentAsText() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (n INT)")
            try await connection.execute("LOCK TABLES t READ")
            try await connection.execute("UNLOCK TABLES")
            let tables = try await connection.execute("SHOW TABLES").rows
            #expect(try tables[0].decode(String.self) == "t")
        }
    }

    @Test func aCallGivesTheRowsOfItsFirstResult() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE PROCEDURE two() BEGIN SELECT 1 AS one; SELECT 2; END")
            #expect(try await connection.value("CALL two()", as: Int.self) == 1)
            #expect(try await connection.value("SELECT 3", as: Int.self) == 3)
        }
    }

    @Test func aClosedConnectionSaysSo() async throws {
        try await withDatabase { url in
            let connection = try await connect(to: url)
            await connection.close()
            await connection.close()
            #expect(await failure { try await connection.execute("SELECT 1") }?.code == .connectionClosed)
            #expect(await failure { try await connection.ping() }?.code == .connectionClosed)
        }
    }

    @Test func aResetUndoesWhatAStatementLeftInTheSession() async throws {
        try await withConnection { connection in
            try await connection.execute("SET SESSION sql_mode = '', @left = 1")
            try await connection.execute("CREATE TEMPORARY TABLE t (n INT)")
            try await connection.reset()
            #expect(try await connection.value("SELECT @@sql_mode LIKE '%STRICT%'", as: Bool.self))
            #expect(try await connection.execute("SELECT @left").rows[0].cell(at: 0).isNull)
            #expect(await failure { try await connection.execute("SELECT * FROM t") }?.code == .undefinedObject)
            try await connection.reset()
            #expect(try await connection.value("SELECT \(7)", as: Int.self) == 7)
        }
    }

    @Test func aResetRollsBack() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TABLE t (n INT)")
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            try await connection.reset()
            #expect(try await connection.value("SELECT COUNT(*) FROM t", as: Int.self) == 0)
            try await connection.begin(.readWrite)
            try await connection.rollBack()
        }
    }
}
#endif

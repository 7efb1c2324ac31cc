#if SQLite
import DialectCore
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteCursorTests {
    private func numbers(_ count: Int) -> Statement {
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count)) SELECT i FROM n"
    }

    @Test(arguments: [(0, 3), (1, 3), (3, 3), (4, 3), (10, 1), (1000, 256)])
    func batchesHoldAtMostTheLimit(count: Int, limit: Int) async throws {
        try await withFile { connection in
            let statement: Statement =
                count == 0 ? "SELECT 1 WHERE false" : numbers(count)
            let cursor = try await connection.openCursor(statement)
            var seen: [Int] = []
            while let batch = try await cursor.nextBatch(limit: limit) {
                #expect(batch.count <= limit && !batch.isEmpty)
                seen += try batch.map { try $0.decode(Int.self, at: 0) }
            }
            #expect(seen == Array(1..<(count + 1)))
            #expect(try await cursor.nextBatch(limit: limit) == nil)
            await cursor.close()
            await cursor.close()
        }
    }

    @Test func withRowsStreams() async throws {
        try await withFile { connection in
            let sum = try await connection.withRows(of: numbers(1000), batchSize: 7) { rows in
                var sum = 0
                for try await row in rows { sum += try row.decode(Int.self, at: 0) }
                return sum
            }
            #expect(sum == 500_500)
        }
    }

    @Test func aStatementCanBeLeftEarly() async throws {
        try await withFile { connection in
            let first = try await connection.withRows(of: endlessRows, batchSize: 2) { rows in
                for try await row in rows { return try row.decode(Int.self, at: 0) }
                return 0
            }
            #expect(first == 1)
            let next = try await scalar("SELECT 5", as: Int.self, connection)
            #expect(next == 5)
        }
    }

    private let endlessRows: Statement =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, zeroblob(1000) FROM n"

    @Test func aBatchOfLargeRowsEndsBeforeItsLimit() async throws {
        try await withFile { connection in
            let count = try await connection.withRows(of: endlessRows, batchSize: 1_000_000) { rows in
                var count = 0
                for try await _ in rows {
                    count += 1
                    if count == 5000 { break }
                }
                return count
            }
            #expect(count == 5000)
        }
    }

    @Test func whileACursorIsOpenNothingElseRuns() async throws {
        try await withFile { connection in
            let cursor = try await connection.openCursor(endlessRows)
            let calls: [() async throws -> Void] = [
                { try await connection.execute("SELECT 1") }, { try await connection.begin(.readOnly) },
                { _ = try await connection.openCursor("SELECT 1") },
            ]
            for call in calls {
                let error = try await failure(call)
                #expect(error.code == .invalidTransactionState)
            }
            await cursor.close()
            try await connection.execute("SELECT 1")
        }
    }

    @Test func anErrorInTheMiddleIsThrownOnce() async throws {
        try await withFile { connection in
            let statement: Statement =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT abs(CASE i WHEN 5 THEN -9223372036854775808 ELSE i END) FROM n"
            let cursor = try await connection.openCursor(statement)
            #expect(try await cursor.nextBatch(limit: 3)?.count == 3)
            let error = try await failure { _ = try await cursor.nextBatch(limit: 3) }
            #expect(error.code == .valueOutOfRange)
            #expect(try await cursor.nextBatch(limit: 3) == nil)
            await cursor.close()
        }
    }

    @Test func aStatementThatCannotStartFailsToOpen() async throws {
        try await withFile { connection in
            let error = try await failure { _ = try await connection.openCursor("SELECT * FROM absent") }
            #expect(error.code == .undefinedObject)
            try await connection.execute("SELECT 1")
        }
    }

    @Test func aWritingStatementKeepsTheSlotUntilItsRowsAreRead() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let cursor = try await connection.openCursor("INSERT INTO t VALUES (1), (2), (3) RETURNING a")
            let holdsSlot = await connection.holdsSlot
            #expect(holdsSlot)
            #expect(try await cursor.nextBatch(limit: 1)?.count == 1)
            await cursor.close()
            let holdsSlotAfterwards = await connection.holdsSlot
            #expect(!holdsSlotAfterwards)
            let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
            #expect(count == 3)
        }
    }

    @Test func anOpenCursorSeesOneMoment() async throws {
        try await withFolder { folder in
            let connector = try connector(folder + "/a.db")
            try await withConnection(connector) { writer in
                try await writer.execute("CREATE TABLE t (a)")
                try await writer.execute("INSERT INTO t VALUES (1), (2), (3)")
                try await withConnection(connector) { reader in
                    let seen = try await reader.withRows(of: "SELECT a FROM t", batchSize: 1) { rows in
                        var count = 0
                        for try await _ in rows {
                            if count == 0 { try await writer.execute("DELETE FROM t") }
                            count += 1
                        }
                        return count
                    }
                    #expect(seen == 3)
                }
            }
        }
    }

    @Test func afterCloseACursorFails() async throws {
        try await withFile { connection in
            let cursor = try await connection.openCursor(endlessRows)
            await connection.close()
            let error = try await failure { _ = try await cursor.nextBatch(limit: 1) }
            #expect(error.code == .connectionClosed)
            await cursor.close()
        }
    }
}
#endif

#if MySQL
import DialectCore
import DialectEngine
import TestSupport
import Testing

@Suite(.enabled(if: MariaDBServer.isAvailable)) struct MySQLStreamingTests {
    private func streaming<Result>(_ body: (any RowStreaming & BulkInserting & AdvisoryLocking) async throws -> Result)
        async throws -> Result
    {
        try await withConnection { connection in
            try await body(try #require(connection as? any RowStreaming & BulkInserting & AdvisoryLocking))
        }
    }

    @Test func rowsComeInBatches() async throws {
        try await streaming { connection in
            let cursor = try await connection.openCursor("SELECT seq FROM seq_1_to_10")
            #expect(try await cursor.nextBatch(limit: 4)?.count == 4)
            #expect(await failure { try await connection.execute("SELECT 1") }?.code == .invalidTransactionState)
            #expect(try await cursor.nextBatch(limit: 6)?.count == 6)
            #expect(try await cursor.nextBatch(limit: 6) == nil)
            await cursor.close()
            await cursor.close()
            #expect(await failure { try await cursor.nextBatch(limit: 1) }?.code == .invalidTransactionState)
            #expect(try await connection.value("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test(arguments: [20, 3_000_000]) func stoppingEarlyLeavesTheSessionUsable(_ rows: Int) async throws {
        try await streaming { connection in
            for round in 0..<3 {
                let first = try await connection.withRows(of: "SELECT seq FROM seq_1_to_\(unsafe: "\(rows)")") { rows in
                    for try await row in rows { return try row.decode(Int.self) }
                    return 0
                }
                #expect(first == 1)
                #expect(try await connection.value("SELECT \(round)", as: Int.self) == round)
            }
        }
    }

    @Test(arguments: [20, 3_000_000]) func aSessionClosesWithAnOpenCursor(_ rows: Int) async throws {
        try await streaming { connection in
            let cursor = try await connection.openCursor("SELECT seq FROM seq_1_to_\(unsafe: "\(rows)")")
            #expect(try await cursor.nextBatch(limit: 4)?.count == 4)
            #expect(await failure { try await connection.ping() }?.code == .invalidTransactionState)
            await connection.close()
            #expect(await failure { try await cursor.nextBatch(limit: 4) }?.code == .connectionClosed)
            await cursor.close()
        }
    }

    @Test func anErrorAmongTheRowsEndsTheCursor() async throws {
        try await streaming { connection in
            let cursor = try await connection.openCursor(
                "SELECT IF(seq < 900, seq, (SELECT 1 UNION SELECT 2)) FROM seq_1_to_1000"
            )
            let error = await failure { while try await cursor.nextBatch(limit: 100) != nil {} }
            #expect(error?.vendorCode == 1242)
            await cursor.close()
            #expect(try await connection.value("SELECT 1", as: Int.self) == 1)
        }
    }

    @Test func manyRowsAreInserted() async throws {
        try await streaming { connection in
            try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20), n DOUBLE)")
            let count = try await connection.insert(into: "t", columns: ["id", "name", "n"], rows: 0..<2345) { number in
                [number, number.isMultiple(of: 7) ? String?.none : "row \(number)", Double(number) / 2]
            }
            #expect(count == 2345)
            #expect(try await connection.value("SELECT COUNT(name) FROM t", as: Int.self) == 2345 - 335)
        }
    }

    @Test(arguments: [false, true]) func aRefusedRowLeavesNone(_ isInTransaction: Bool) async throws {
        try await streaming { connection in
            try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY)")
            if isInTransaction {
                try await connection.begin(.readWrite)
                try await connection.execute("INSERT INTO t VALUES (-1)")
            }
            let error = await failure {
                try await connection.insert(into: "t", columns: ["id"], rows: Array(0..<1500) + [3]) { [$0] }
            }
            #expect(error?.code == .uniqueViolation)
            if isInTransaction { try await connection.commit() }
            #expect(try await connection.value("SELECT COUNT(*) FROM t", as: Int.self) == (isInTransaction ? 1 : 0))
        }
    }

    @Test func anInsertionThatIsGivenUpLeavesNoRow() async throws {
        try await streaming { connection in
            try await connection.execute("CREATE TABLE t (id INT PRIMARY KEY)")
            let writer = try await connection.openBulkInsert(into: "t", columns: ["id"])
            try await writer.write([[.integer(1)]])
            #expect(await failure { try await connection.execute("SELECT 1") }?.code == .invalidTransactionState)
            await writer.cancel()
            await writer.cancel()
            #expect(await failure { try await writer.write([[.integer(2)]]) }?.code == .invalidTransactionState)
            #expect(try await connection.value("SELECT COUNT(*) FROM t", as: Int.self) == 0)
        }
    }

    @Test func aLockIsForOneSessionOfOneDatabase() async throws {
        let name = String(repeating: "long ", count: 100)
        try await withDatabase { url in
            try await withConnection(to: url) { first in
                let first = try #require(first as? any AdvisoryLocking)
                #expect(try await first.tryLock(name, for: .session))
                #expect(try await first.tryLock(name, for: .session))
                try await withConnection(to: url) { second in
                    let second = try #require(second as? any AdvisoryLocking)
                    #expect(try await second.tryLock(name, for: .session) == false)
                    #expect(try await second.tryLock(name.uppercased(), for: .session))
                    try await first.unlock(name)
                    #expect(try await second.tryLock(name, for: .session) == false)
                    try await first.reset()
                    #expect(try await second.tryLock(name, for: .session))
                    #expect(await failure { try await first.unlock(name) }?.code == .invalidTransactionState)
                    let error = await failure { try await second.tryLock(name, for: .transaction) }
                    #expect(error?.code == .unsupportedFeature)
                }
                try await streaming { other in
                    #expect(try await other.tryLock(name, for: .session))
                    try await other.unlock(name)
                }
            }
        }
    }
}
#endif

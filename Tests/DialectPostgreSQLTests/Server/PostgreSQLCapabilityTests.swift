#if PostgreSQL
import DialectCore
import Foundation
import Testing
import TestSupport

@testable import DialectPostgreSQL

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLCursorTests {
    @Test(arguments: [false, true]) func earlyStopLeavesTheSessionUsable(isInTransaction: Bool) async throws {
        try await withSession { connection in
            if isInTransaction { try await connection.begin(.readWrite) }
            let first = try await connection.withRows(of: "SELECT n FROM generate_series(1, \(10_000_000)) n", batchSize: 10) {
                rows in
                var sum = 0
                for try await row in rows {
                    sum += try row.decode(Int.self)
                    if sum > 1000 { break }
                }
                return sum
            }
            #expect(first == 1035)
            #expect(try await scalar("SELECT \(5)", as: Int.self, connection) == 5)
            if isInTransaction { try await connection.commit() }
        }
    }

    @Test func everyRowComesOnceWhateverTheBatches() async throws {
        try await withSession { connection in
            let cursor = try await connection.openCursor("SELECT n FROM generate_series(1, 100) n")
            var read: [Int] = []
            for limit in [1, 7, 7, 50, 1000, 1000] {
                guard let rows = try await cursor.nextBatch(limit: limit) else { break }
                #expect(rows.count <= limit && !rows.isEmpty)
                read += try rows.map { try $0.decode(Int.self) }
            }
            #expect(read == Array(1...100))
            #expect(try await cursor.nextBatch(limit: 5) == nil)
            await cursor.close()
            await cursor.close()
            #expect(try await failure { try await cursor.nextBatch(limit: 1) }.code == .invalidTransactionState)
            try await connection.ping()
        }
    }

    @Test func statementsWithoutACursorGiveTheirRowsToo() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int4)")
            let cursor = try await connection.openCursor("INSERT INTO t SELECT generate_series(1, 5) RETURNING a")
            #expect(try await cursor.nextBatch(limit: 3)?.count == 3)
            #expect(try await cursor.nextBatch(limit: 3)?.last?.decode(Int.self) == 5)
            #expect(try await cursor.nextBatch(limit: 3) == nil)
            let busy = try await failure { try await connection.execute("SELECT 1") }
            #expect(busy.code == .invalidTransactionState)
            await cursor.close()
            #expect(try await scalar("SELECT count(*) FROM t", as: Int.self, connection) == 5)
        }
    }

    @Test func aFailureInTheMiddleIsReported() async throws {
        try await withSession { connection in
            let cursor = try await connection.openCursor("SELECT 100 / (50 - n) FROM generate_series(1, 100) n")
            #expect(try await cursor.nextBatch(limit: 40)?.count == 40)
            #expect(try await failure { try await cursor.nextBatch(limit: 40) }.code == .valueOutOfRange)
            await cursor.close()
            try await connection.ping()
            #expect(try await failure { try await connection.openCursor("SELECT * FROM nowhere") }.code == .undefinedObject)
            try await connection.ping()
        }
    }
}

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLBulkInsertTests {
    private static let table: Statement = """
        CREATE TABLE "odd ""name" (i int4 UNIQUE, t text, b bytea, z timestamptz, n numeric, d float8, u uuid, f bool, j jsonb)
        """
    private static let columns = ["i", "t", "b", "z", "n", "d", "u", "f", "j"]

    @Test func manyRowsArriveUnchanged() async throws {
        try await withSession { connection in
            try await connection.execute(Self.table)
            let identifier = UUID()
            let time = Timestamp("9999-12-31 23:59:59.999999")!
            let count = try await connection.insert(into: "odd \"name", columns: Self.columns, rows: 0..<5000) { number in
                [
                    number, "a\t\\N\n\(number)", [UInt8](repeating: 92, count: 3), time, Decimal(number), -0.0, identifier,
                    true, SQLValue.json("{\"k\": 1}"),
                ]
            }
            #expect(count == 5000)
            let row = try #require(try await connection.execute("SELECT * FROM \"odd \"\"name\" WHERE i = 4999").rows.first)
            let (_, text, bytes, read) = try row.decode(Int.self, String.self, [UInt8].self, Timestamp.self)
            #expect(text == "a\t\\N\n4999" && bytes == [92, 92, 92] && read == time)
            #expect(try row.decode(Double.self, at: 5).sign == .minus)
            #expect(try row.decode(UUID.self, at: 6) == identifier)
        }
    }

    @Test func aRefusedValueLeavesNoRow() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int2 PRIMARY KEY)")
            for rows in [[1, 2, 100_000], [1, 2, 2]] {
                let error = try await failure {
                    try await connection.insert(into: "t", columns: ["a"], rows: rows, batchSize: 1) { [$0] }
                }
                #expect(error.code == (rows[2] == 2 ? .uniqueViolation : .valueOutOfRange))
                #expect(try await scalar("SELECT count(*) FROM t", as: Int.self, connection) == 0)
            }
            #expect(
                try await failure { try await connection.openBulkInsert(into: "nowhere", columns: ["a"]) }.code
                    == .undefinedObject
            )
            try await connection.ping()
        }
    }

    @Test func aCancelledInsertionLeavesNoRow() async throws {
        try await withSession { connection in
            try await connection.execute("CREATE TABLE t (a int4)")
            let task = Task {
                try await connection.insert(into: "t", columns: ["a"], rows: 0..<1_000_000, batchSize: 100) { number in
                    if number == 5000 { withUnsafeCurrentTask { $0?.cancel() } }
                    return [number]
                }
            }
            #expect(try await failure { try await task.value }.code == .cancelled)
            #expect(try await scalar("SELECT count(*) FROM t", as: Int.self, connection) == 0)
        }
    }
}

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLNotificationTests {
    @Test func whatIsSaidIsHeardInOrder() async throws {
        try await PostgreSQLServer.shared().withDatabase { url in
            try await withSession(url) { listener in
                try await withSession(url) { speaker in
                    try await listener.listen(on: "Odd \"channel")
                    for number in 0..<3 { try await speaker.notify("Odd \"channel", payload: "\(number)") }
                    for number in 0..<3 {
                        let heard = try await listener.nextNotification()
                        #expect(heard == DatabaseNotification(channel: "Odd \"channel", payload: "\(number)"))
                    }
                    let waiting = Task { try await listener.nextNotification() }
                    try await waitUntil { listener.control.isRunning }
                    waiting.cancel()
                    #expect(try await failure { try await waiting.value }.code == .cancelled)
                    try await listener.stopListening(on: "Odd \"channel")
                    try await listener.ping()
                    let long = String(repeating: "x", count: 8000)
                    #expect(try await failure { try await speaker.notify("c", payload: long) }.code == .valueOutOfRange)
                }
            }
        }
    }
}

@Suite(.enabled(if: PostgreSQLServer.isAvailable), .timeLimit(.minutes(5)))
struct PostgreSQLLockTests {
    @Test func oneSessionHasTheLock() async throws {
        try await PostgreSQLServer.shared().withDatabase { url in
            try await withSession(url) { first in
                try await withSession(url) { second in
                    #expect(try await first.tryLock("a", for: .session))
                    #expect(try await first.tryLock("a", for: .session))
                    #expect(try await !second.tryLock("a", for: .session))
                    try await first.unlock("a")
                    #expect(try await !second.tryLock("a", for: .session))
                    try await first.unlock("a")
                    #expect(try await second.tryLock("a", for: .session))
                    #expect(try await failure { try await first.unlock("a") }.code == .invalidTransactionState)
                    try await second.reset()
                    #expect(try await failure { try await first.tryLock("b", for: .transaction) }.code == .invalidTransactionState)
                    try await first.begin(.readWrite)
                    #expect(try await first.tryLock("a", for: .transaction))
                    #expect(try await !second.tryLock("a", for: .session))
                    try await first.rollBack()
                    #expect(try await second.tryLock("a", for: .session))
                }
            }
        }
    }
}
#endif

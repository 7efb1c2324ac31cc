#if SQLite
import DialectCore
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteBulkInsertTests {
    @Test func aCancelledTaskEndsTheInsertionAndLeavesNoRow() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let inserting = Task {
                // More than there is time for.
                try await connection.insert(into: "t", columns: ["a"], rows: 0..<Int.max, batchSize: 5000) { [$0] }
            }
            try await eventually { connection.interrupter.isInterruptible }
            inserting.cancel()
            let error = try await failure { try await inserting.value }
            #expect(error.code == .cancelled)
            #expect(try await count(connection) == 0)
            #expect(await !connection.holdsSlot)
        }
    }

    @Test func insideAReadOnlyTransactionItIsRefused() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await connection.begin(.readOnly)
            let error = try await failure { try await connection.openBulkInsert(into: "t", columns: ["a"]) }
            #expect(error.code == .readOnlyViolation)
            try await connection.commit()
        }
    }

    @Test func nothingElseRunsUntilItIsOver() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let writer = try await connection.openBulkInsert(into: "t", columns: ["a"])
            let calls: [() async throws -> Void] = [
                { try await connection.execute("SELECT 1") }, { try await connection.commit() },
                { _ = try await connection.openCursor("SELECT 1") },
                { _ = try await connection.openBulkInsert(into: "t", columns: ["a"]) },
            ]
            for call in calls {
                let error = try await failure(call)
                #expect(error.code == .invalidTransactionState)
            }
            try await writer.write([[.integer(1)], [.null]])
            #expect(try await writer.finish() == 2)
            #expect(try await count(connection) == 2)
        }
    }

    @Test func aRowOfAnotherLengthEndsItAndLeavesNoRow() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a, b)")
            let writer = try await connection.openBulkInsert(into: "t", columns: ["a", "b"])
            try await writer.write([[.integer(1), .integer(2)]])
            let error = try await failure { try await writer.write([[.integer(1)]]) }
            #expect(error.code == .syntaxError)
            let late = try await failure { _ = try await writer.finish() }
            #expect(late.code == .invalidTransactionState)
            #expect(try await count(connection) == 0)
        }
    }

    @Test func aResetEndsItAndLeavesNoRow() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let writer = try await connection.openBulkInsert(into: "t", columns: ["a"])
            try await writer.write([[.integer(1)]])
            #expect(!connection.isClean)
            try await connection.reset()
            #expect(try await count(connection) == 0)
            await writer.cancel()
            #expect(connection.isClean)
        }
    }

    @Test func inATransactionAFailureUndoesItsRowsAlone() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a UNIQUE)")
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (7)")
            let error = try await failure {
                try await connection.insert(into: "t", columns: ["a"], rows: 0..<10) { [$0] }
            }
            #expect(error.code == .uniqueViolation)
            try await connection.commit()
            #expect(try await count(connection) == 1)
        }
    }

    private func count(_ connection: SQLiteConnection) async throws -> Int? {
        try await connection.execute("SELECT count(*) FROM t").rows.first?.decode(Int.self)
    }
}
#endif

#if SQLite
import DialectCore
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteCancellationTests {
    /// Without the interruption the statement would run for ever; how soon it ends is the conformance suite's to say.
    @Test(.timeLimit(.minutes(2))) func aStatementThatRunsIsInterrupted() async throws {
        try await withFile { connection in
            let running = Task { try await connection.execute(endless) }
            try await eventually { connection.interrupter.isInterruptible }
            running.cancel()
            let error = try await failure { try await running.value }
            #expect(error.code == .cancelled)
            let next = try await scalar("SELECT 5", as: Int.self, connection)
            #expect(next == 5)
        }
    }

    @Test func aCancelledTaskRunsNothing() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await connection.execute("INSERT INTO t VALUES (1)")
            }
            let error = try await failure { try await task.value }
            #expect(error.code == .cancelled)
            let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
            #expect(count == 0)
        }
    }

    @Test func cleaningUpIsNotCancelled() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let task = Task {
                try await connection.begin(.readWrite)
                try await connection.savepoint(.set("a"))
                try await connection.execute("INSERT INTO t VALUES (1)")
                try await connection.savepoint(.set("b"))
                try await connection.execute("INSERT INTO t VALUES (2)")
                withUnsafeCurrentTask { $0?.cancel() }
                try await connection.savepoint(.rollBack(to: "b"))
                try await connection.savepoint(.release("a"))
                try await connection.commit()
                try await connection.reset()
            }
            try await task.value
            let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
            #expect(count == 1)
        }
    }

    @Test func anInterruptedWriteEndsItsTransaction() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await connection.begin(.readWrite)
            try await connection.execute("INSERT INTO t VALUES (1)")
            let running = Task {
                try await connection.execute(
                    """
                    INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n
                    """
                )
            }
            try await eventually { connection.interrupter.isInterruptible }
            running.cancel()
            let error = try await failure { try await running.value }
            #expect(error.code == .cancelled)
            let next = try await failure { try await connection.execute("INSERT INTO t VALUES (2)") }
            #expect(next.code == .invalidTransactionState)
            try await connection.rollBack()
            let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
            #expect(count == 0)
        }
    }

    @Test func aCursorIsCancelledBetweenAndInsideItsBatches() async throws {
        try await withFile { connection in
            for limit in [1, 100_000_000] {
                let reading = Task {
                    let cursor = try await connection.openCursor(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 1 FROM n WHERE i % 50 = 0"
                    )
                    do {
                        while try await cursor.nextBatch(limit: limit) != nil {}
                    } catch {
                        await cursor.close()
                        throw error
                    }
                }
                try await eventually { connection.interrupter.isInterruptible }
                reading.cancel()
                let error = try await failure { try await reading.value }
                #expect(error.code == .cancelled)
                let next = try await scalar("SELECT 5", as: Int.self, connection)
                #expect(next == 5)
            }
        }
    }

    /// Cancels at random moments around a statement's end, and checks that what runs next is not disturbed.
    @Test func aLateCancellationNeverDisturbsTheNextCall() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b)")
            var outcomes = (finished: 0, cancelled: 0)
            var written = 0
            for round in 0..<3000 {
                let isWrite = round.isMultiple(of: 3)
                let task = Task {
                    if isWrite {
                        try await connection.execute("INSERT INTO t (b) VALUES (\(round))")
                    } else {
                        try await connection.execute(
                            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT count(*) FROM n"
                        )
                    }
                }
                // From before the start to after the end.
                for _ in 0..<Int.random(in: 0..<60) { await Task.yield() }
                // The point at which the other side acts is meant to be random.
                if round.isMultiple(of: 2) { try await Task.sleep(for: .microseconds(Int.random(in: 0..<600))) }
                task.cancel()
                let next = try await scalar("SELECT \(round)", as: Int.self, connection)
                #expect(next == round)
                switch await task.result {
                case .success:
                    outcomes.finished += 1
                    written += isWrite ? 1 : 0
                case .failure(let error):
                    #expect((error as? DatabaseError)?.code == .cancelled)
                    outcomes.cancelled += 1
                }
            }
            let count = try await scalar("SELECT count(*) FROM t", as: Int.self, connection)
            #expect(count == written)
            #expect(outcomes.finished > 100 && outcomes.cancelled > 100, "\(outcomes)")
        }
    }

    @Test func randomCancellationsOfWritersLeaveNoLock() async throws {
        try await withFolder { folder in
            let connector = try connector(folder + "/a.db")
            var connections: [SQLiteConnection] = []
            for _ in 0..<4 { connections.append(try await connector.open()) }
            try await connections[0].execute("CREATE TABLE t (a)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for connection in connections {
                    group.addTask {
                        for _ in 0..<200 {
                            let task = Task {
                                try await connection.begin(.readWrite)
                                try await connection.execute("INSERT INTO t VALUES (1)")
                                try await connection.commit()
                            }
                            // The point at which the other side acts is meant to be random.
                            try await Task.sleep(for: .microseconds(Int.random(in: 0..<2000)))
                            task.cancel()
                            _ = await task.result
                            try await connection.reset()
                            let holdsSlot = await connection.holdsSlot
                            #expect(!holdsSlot)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let hasHolder = await connections[0].writers?.isHeld ?? true
            #expect(!hasHolder)
            try await connections[0].execute("INSERT INTO t VALUES (1)")
            for connection in connections { await connection.close() }
        }
    }
}
#endif

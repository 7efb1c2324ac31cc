#if SQLite
import DialectCore
import Testing

@testable import SQLiteFamily

/// Calls from tasks on SQLite's own threads, which run at once.
@Suite struct SQLiteDirectTests {
    @Test func aStatementThatRunsAtOnceIsCancelled() async throws {
        try await withFile { connection in
            let running = Task(executorPreference: connection.preferredExecutor) {
                try await connection.execute("SELECT 1")
                try await connection.execute(endless)
            }
            try await eventually { connection.interrupter.isInterruptible }
            running.cancel()
            let error = try await failure { try await running.value }
            #expect(error.code == .cancelled)
            #expect(try await connection.execute("SELECT 1").rows.count == 1)
        }
    }

    @Test func aCancelledTaskRunsNothing() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            let task = Task(executorPreference: connection.preferredExecutor) {
                withUnsafeCurrentTask { $0?.cancel() }
                try await connection.execute("INSERT INTO t VALUES (1)")
            }
            let error = try await failure { try await task.value }
            #expect(error.code == .cancelled)
            #expect(try await connection.execute("SELECT 1 FROM t").rows.isEmpty)
            #expect(await !connection.holdsSlot)
        }
    }

    @Test func aTransactionIsCommittedOrRolledBackAsElsewhere() async throws {
        try await withFolder { folder in
            let connector = try connector(folder + "/direct.db")
            try await withConnection(connector) { connection in
                try await connection.execute("CREATE TABLE t (a UNIQUE)")
                try await preferringThreads {
                    for (value, isCommitted) in [(1, true), (2, false), (3, true)] {
                        try await connection.begin(.readWrite)
                        try await connection.execute("INSERT INTO t VALUES (\(value))")
                        #expect(!connection.isClean)
                        let error = try await failure {
                            try await connection.execute("INSERT INTO t VALUES (\(value))")
                        }
                        #expect(error.code == .uniqueViolation)
                        if isCommitted { try await connection.commit() } else { try await connection.rollBack() }
                        #expect(connection.isClean)
                    }
                    let error = try await failure { try await connection.commit() }
                    #expect(error.code == .invalidTransactionState)
                }
                try await withConnection(connector) { other in
                    let values = try await other.execute("SELECT a FROM t ORDER BY a").rows.map {
                        try $0.decode(Int.self)
                    }
                    #expect(values == [1, 3])
                }
            }
        }
    }

    @Test func whereAnotherConnectionWritesAStatementWaitsForItsTurn() async throws {
        try await withFolder { folder in
            let connector = try connector(folder + "/direct.db")
            try await withConnection(connector) { connection in
                try await connection.execute("CREATE TABLE t (a)")
                try await withConnection(connector) { other in
                    try await other.begin(.readWrite)
                    let waiting = Task(executorPreference: connection.preferredExecutor) {
                        try await connection.execute("INSERT INTO t VALUES (1)").affectedRows
                    }
                    try await eventually { await connection.ticket != nil }
                    try await other.commit()
                    #expect(try await waiting.value == 1)
                }
            }
        }
    }

    @Test func inAReadOnlyTransactionNothingIsWritten() async throws {
        try await withFile { connection in
            try await connection.execute("CREATE TABLE t (a)")
            try await preferringThreads {
                try await connection.begin(.readOnly)
                let error = try await failure { try await connection.execute("INSERT INTO t VALUES (1)") }
                #expect(error.code == .readOnlyViolation)
                try await connection.commit()
            }
        }
    }

    @concurrent private func preferringThreads(_ body: () async throws -> Void) async throws {
        try await withTaskExecutorPreference(SQLiteTaskExecutor.shared) {
            await Task.yield()
            try await body()
        }
    }
}
#endif

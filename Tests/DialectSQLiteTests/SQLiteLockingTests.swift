#if SQLite
import DialectCore
import Foundation
import Testing

@testable import SQLiteFamily

@Suite struct SQLiteLockingTests {
    /// A file with a table, and connections to it.
    private func withFile(
        _ query: String = "",
        connections count: Int,
        _ body: (String, [SQLiteConnection]) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let path = folder + "/locks.db"
            let connector = try connector(path, query)
            var connections: [SQLiteConnection] = []
            for _ in 0..<count { connections.append(try await connector.open()) }
            try await connections[0].execute("CREATE TABLE t (a INTEGER)")
            do {
                try await body(path, connections)
                for connection in connections { await connection.close() }
            } catch {
                for connection in connections { await connection.close() }
                throw error
            }
        }
    }

    private func count(_ connection: SQLiteConnection) async throws -> Int {
        try await scalar("SELECT count(*) FROM t", connection)
    }

    @Test func writersOfOneProcessNeverMeetALock() async throws {
        try await withFile("timeout=0", connections: 8) { _, connections in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<400 {
                    let connection = connections[number % connections.count]
                    group.addTask {
                        if number.isMultiple(of: 2) {
                            try await connection.execute("INSERT INTO t VALUES (\(number))")
                        } else {
                            try await connection.execute("SELECT count(*) FROM t")
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, connection) in connections.enumerated() {
                    group.addTask {
                        for _ in 0..<20 {
                            try await connection.begin(.readWrite)
                            try await connection.execute("INSERT INTO t VALUES (\(number))")
                            try await connection.execute("INSERT INTO t VALUES (\(number))")
                            try await connection.commit()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await count(connections[0]) == 200 + 8 * 40)
        }
    }

    @Test func readersDoNotWaitForTheWriter() async throws {
        try await withFile("timeout=0&writer_timeout=0", connections: 2) { _, connections in
            try await connections[0].begin(.readWrite)
            try await connections[0].execute("INSERT INTO t VALUES (1)")
            #expect(try await count(connections[1]) == 0)
            try await connections[0].commit()
            #expect(try await count(connections[1]) == 1)
        }
    }

    @Test func aReadOnlyTransactionSeesOneMoment() async throws {
        try await withFile(connections: 2) { _, connections in
            try await connections[1].begin(.readOnly)
            #expect(try await count(connections[1]) == 0)
            try await connections[0].execute("INSERT INTO t VALUES (1)")
            #expect(try await count(connections[1]) == 0)
            try await connections[1].commit()
            #expect(try await count(connections[1]) == 1)
        }
    }

    @Test func theTurnToWriteIsGivenInTheOrderOfAsking() async throws {
        try await withFile(connections: 6) { _, connections in
            try await connections[0].begin(.readWrite)
            var tasks: [Task<Void, any Error>] = []
            for (number, connection) in connections.enumerated().dropFirst() {
                tasks.append(Task { try await connection.execute("INSERT INTO t VALUES (\(number))") })
                try await eventually { await connection.ticket != nil }
            }
            try await connections[0].commit()
            for task in tasks { try await task.value }
            let rows = try await connections[0].execute("SELECT a FROM t ORDER BY rowid").rows
            #expect(try rows.map { try $0.decode(Int.self, at: 0) } == [1, 2, 3, 4, 5])
        }
    }

    @Test func twoConnectorsOfOneFileShareTheQueue() async throws {
        try await withFile(connections: 1) { path, connections in
            let link = path + ".link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            let other = try connector(link)
            try await withConnection(other) { second in
                let first = await connections[0].writers
                #expect(await second.writers === first)
            }
        }
    }

    @Test func waitingForTheTurnEndsAtTheTimeout() async throws {
        try await withFile("writer_timeout=0.1", connections: 2) { path, connections in
            try await connections[0].begin(.readWrite)
            let error = try await failure { try await connections[1].execute("INSERT INTO t VALUES (1)") }
            #expect(error.code == .lockTimeout)
            #expect(error.message.contains(path) && error.message.contains("writer_timeout"))
            try await connections[0].commit()
            try await connections[1].execute("INSERT INTO t VALUES (1)")
        }
    }

    @Test func waitingForTheTurnIsCancelled() async throws {
        try await withFile(connections: 2) { _, connections in
            try await connections[0].begin(.readWrite)
            let waiting = Task { try await connections[1].begin(.readWrite) }
            try await eventually { await connections[1].ticket != nil }
            waiting.cancel()
            let error = try await failure { try await waiting.value }
            #expect(error.code == .cancelled)
            try await connections[0].commit()
            try await connections[1].begin(.readWrite)
            try await connections[1].commit()
        }
    }

    @Test func closingEndsTheWaitForTheTurn() async throws {
        try await withFile(connections: 3) { _, connections in
            try await connections[0].begin(.readWrite)
            let waiting = Task { try await connections[1].begin(.readWrite) }
            try await eventually { await connections[1].ticket != nil }
            await connections[1].close()
            let error = try await failure { try await waiting.value }
            #expect(error.code == .connectionClosed)
            await connections[0].close()
            try await connections[2].execute("INSERT INTO t VALUES (1)")
        }
    }

    @Test func aTransactionThatReadBeforeAnotherWroteCannotWrite() async throws {
        try await withFile(connections: 2) { _, connections in
            try await connections[0].execute("BEGIN")
            #expect(try await count(connections[0]) == 0)
            try await connections[1].execute("INSERT INTO t VALUES (1)")
            let error = try await failure { try await connections[0].execute("INSERT INTO t VALUES (2)") }
            #expect(error.code == .serializationFailure)
            #expect(error.isRetryable)
            try await connections[0].rollBack()
            try await connections[0].execute("INSERT INTO t VALUES (2)")
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable), arguments: ["wal", "delete"])
    func anotherProcessDelaysAWriter(mode: String) async throws {
        try await withFile("journal_mode=\(mode)", connections: 2) { path, connections in
            let other = try OtherProcess(path, ["BEGIN IMMEDIATE", "INSERT INTO t VALUES (1)"])
            let write = Task {
                try await connections[0].begin(.readWrite)
                try await connections[0].execute("INSERT INTO t VALUES (2)")
                try await connections[0].commit()
            }
            let second = Task { try await connections[1].execute("INSERT INTO t VALUES (3)") }
            // Time for the other side to reach the wait that is tested.
            try await Task.sleep(for: .milliseconds(100))
            other.finish()
            try await write.value
            _ = try await second.value
            #expect(try await count(connections[0]) == 3)
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func anotherProcessThatStaysTooLongIsATimeout() async throws {
        try await withFile("timeout=0.2", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN IMMEDIATE"])
            for call in [
                { try await connections[0].execute("INSERT INTO t VALUES (1)") },
                { try await connections[0].begin(.readWrite) },
            ] as [() async throws -> Void] {
                let start = ContinuousClock.now
                let error = try await failure(call)
                #expect(start.duration(to: .now) >= .milliseconds(190))
                #expect(error.code == .lockTimeout)
                #expect(error.message.contains(path) && error.message.contains("0.2 s"))
                let holdsSlot = await connections[0].holdsSlot
                #expect(!holdsSlot)
            }
            #expect(try await count(connections[0]) == 0)
            other.finish()
            try await eventually {
                (try? await connections[0].execute("INSERT INTO t VALUES (1)")) != nil
            }
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func waitingForAnotherProcessIsCancelled() async throws {
        try await withFile("timeout=60", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN IMMEDIATE"])
            let waiting = Task { try await connections[0].execute("INSERT INTO t VALUES (1)") }
            try await eventually { await connections[0].holdsSlot }
            waiting.cancel()
            let error = try await failure { try await waiting.value }
            #expect(error.code == .cancelled)
            let holdsSlot = await connections[0].holdsSlot
            #expect(!holdsSlot)
            other.finish()
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func closingEndsTheWaitForAnotherProcess() async throws {
        try await withFile("timeout=60", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN IMMEDIATE"])
            let waiting = Task { try await connections[0].execute("INSERT INTO t VALUES (1)") }
            try await eventually { await connections[0].holdsSlot }
            await connections[0].close()
            let error = try await failure { try await waiting.value }
            #expect(error.code == .connectionClosed)
            other.finish()
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func aCommitWaitsForReadersOfAnotherProcess() async throws {
        try await withFile("journal_mode=delete", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN", "SELECT count(*) FROM t"])
            try await connections[0].begin(.readWrite)
            try await connections[0].execute("INSERT INTO t VALUES (1)")
            let commit = Task { try await connections[0].commit() }
            // A cancelled task still waits for its commit.
            commit.cancel()
            // Time for the other task to reach the wait that is tested.
            try await Task.sleep(for: .milliseconds(50))
            other.finish()
            try await commit.value
            #expect(try await count(connections[0]) == 1)
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func aCommitThatTimedOutCanBeRolledBack() async throws {
        try await withFile("journal_mode=delete&timeout=0.1", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN", "SELECT count(*) FROM t"])
            try await connections[0].begin(.readWrite)
            try await connections[0].execute("INSERT INTO t VALUES (1)")
            let error = try await failure { try await connections[0].commit() }
            #expect(error.code == .lockTimeout)
            try await connections[0].rollBack()
            #expect(try await count(connections[0]) == 0)
            // The same outside of a transaction, where the statement itself waits.
            let alone = try await failure { try await connections[0].execute("INSERT INTO t VALUES (2)") }
            #expect(alone.code == .lockTimeout)
            #expect(try await count(connections[0]) == 0)
            other.finish()
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func rowsThatWaitForTheirCommitAreKept() async throws {
        try await withFile("journal_mode=delete", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN", "SELECT count(*) FROM t"])
            let insert = Task { try await connections[0].execute("INSERT INTO t VALUES (1), (2) RETURNING a") }
            // Time for the other side to reach the wait that is tested.
            try await Task.sleep(for: .milliseconds(100))
            other.finish()
            let result = try await insert.value
            #expect(try result.rows.map { try $0.decode(Int.self, at: 0) } == [1, 2])
            #expect(result.affectedRows == 2)
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func aReaderWaitsForAnExclusiveLock() async throws {
        try await withFile("journal_mode=delete", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN EXCLUSIVE", "INSERT INTO t VALUES (1)"])
            let read = Task { try await count(connections[0]) }
            // Time for the other task to reach the wait that is tested.
            try await Task.sleep(for: .milliseconds(50))
            other.finish()
            #expect(try await read.value == 1)
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func aFileThatCannotChangeItsJournalModeIsUsedAsItIs() async throws {
        try await withFile("journal_mode=delete", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN", "SELECT count(*) FROM t"])
            try await withConnection(connector(path, "timeout=0.1")) { connection in
                #expect(try await count(connection) == 0)
                let mode = try await scalar("PRAGMA journal_mode", as: String.self, connection)
                #expect(mode == "delete")
            }
            other.finish()
        }
    }

    @Test(.enabled(if: OtherProcess.isAvailable))
    func openingWaitsForAnExclusiveLockAndThenGivesUp() async throws {
        try await withFile("journal_mode=delete", connections: 1) { path, connections in
            let other = try OtherProcess(path, ["BEGIN EXCLUSIVE"])
            let connector = try connector(path, "timeout=0.1")
            let error = try await failure { try await connector.open() }
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains(path))
            other.finish()
        }
    }
}
#endif

import DialectCore
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct TransactionTests {
    @Test func aNormalReturnCommits() async throws {
        try await MockEngine.with { mock in
            let result = try await mock.engine.withTransaction { connection in
                try await connection.execute("INSERT")
                return 7
            }
            #expect(result == 7)
            #expect(mock.database.log == ["connect", "1 begin", "1 execute INSERT", "1 commit", "1 reset"])
        }
    }

    @Test func anErrorRollsBackAndComesThroughUnchanged() async throws {
        try await MockEngine.with { mock in
            await #expect(throws: Oops()) {
                try await mock.engine.withTransaction { _ in throw Oops() }
            }
            #expect(mock.database.log == ["connect", "1 begin", "1 rollBack", "1 reset"])
        }
    }

    @Test func optionsReachTheDatabase() async throws {
        try await MockEngine.with { mock in
            let options = TransactionOptions(isolationLevel: .serializable, accessMode: .readOnly)
            try await mock.engine.withTransaction(options) { _ in }
            #expect(mock.database.log.contains("1 begin SERIALIZABLE READ ONLY"))
        }
    }

    @Test func cancellationRollsBackThoughTheBodyReturnsNormally() async throws {
        try await MockEngine.with { mock in
            let task = Task {
                try await mock.engine.withTransaction { _ in withUnsafeCurrentTask { $0?.cancel() } }
            }
            let error = await #expect(throws: DatabaseError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            #expect(mock.database.log == ["connect", "1 begin", "1 rollBack", "1 reset"])
        }
    }

    @Test func aFailedCommitComesThroughUnchanged() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.commit, with: DatabaseError(.serializationFailure, "again"))
            let error = try await #require(throws: DatabaseError.self) {
                try await mock.engine.withTransaction { _ in }
            }
            #expect(error.code == .serializationFailure)
            #expect(mock.database.log.contains("1 rollBack"))
        }
    }

    @Test func aBodysErrorAndAFailedRollbackBothComeThrough() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.rollBack, with: DatabaseError(.other, "rollback"))
            let error = try await #require(throws: TransactionError.self) {
                try await mock.engine.withTransaction { _ in throw Oops() }
            }
            #expect(error.body is Oops)
            #expect(error.rollBack?.message == "rollback")
            #expect(error.commit == nil)
            #expect(error.description.contains("Oops") && error.description.contains("rollback"))
            #expect(await eventually { mock.database.openTransactions == 0 })
            #expect(mock.database.log.last == "1 close")
        }
    }

    @Test func aFailedCommitAndAFailedRollbackBothComeThrough() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.commit, with: DatabaseError(.other, "commit"))
            mock.database.fail(.rollBack, with: DatabaseError(.other, "rollback"))
            let error = try await #require(throws: TransactionError.self) {
                try await mock.engine.withTransaction { _ in }
            }
            #expect((error.commit as? DatabaseError)?.message == "commit")
            #expect(error.rollBack?.message == "rollback")
        }
    }

    @Test func aFailedBeginComesThroughUnchanged() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.begin, with: DatabaseError(.lockTimeout, "busy"))
            let error = try await #require(throws: DatabaseError.self) {
                try await mock.engine.withTransaction { _ in Issue.record("the body ran") }
            }
            #expect(error.code == .lockTimeout)
            #expect(mock.database.openTransactions == 0)
        }
    }

    @Test func aBeginThatFailsHalfWayLeavesNoTransactionForTheRestOfTheLease() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.begin, with: DatabaseError(.statementTimeout, "late"))
            try await mock.engine.withConnection { connection in
                await #expect(throws: DatabaseError.self) { try await connection.withTransaction {} }
                #expect(mock.database.openTransactions == 0)
                try await connection.withTransaction {}
            }
        }
    }

    @Test func aTransactionBegunByHandIsLeftAlone() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.withConnection { connection in
                try await connection.begin(.readWrite)
                let error = await #expect(throws: DatabaseError.self) { try await connection.withTransaction {} }
                #expect(error?.code == .invalidTransactionState)
                #expect(mock.database.openTransactions == 1)
            }
        }
    }

    @Test func aLostConnectionIsReportedAsItIsThoughNothingCanBeRolledBack() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.execute, with: DatabaseError(.connectionLost, "gone"))
            mock.database.fail(.rollBack, with: DatabaseError(.connectionLost, "gone"))
            let error = try await #require(throws: DatabaseError.self) {
                try await mock.engine.withTransaction { connection in try await connection.execute("INSERT") }
            }
            #expect(error.isRetryable)
        }
    }

    @Test func anUnknownOutcomeOfACommitIsReportedAsItIs() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.commit, with: DatabaseError(.commitOutcomeUnknown, "perhaps"))
            mock.database.fail(.rollBack, with: DatabaseError(.connectionLost, "gone"))
            let error = try await #require(throws: DatabaseError.self) {
                try await mock.engine.withTransaction { _ in }
            }
            #expect(error.code == .commitOutcomeUnknown)
        }
    }
}

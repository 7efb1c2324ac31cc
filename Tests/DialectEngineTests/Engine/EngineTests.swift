import DialectCore
import Logging
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct EngineTests {
    @Test func makingAnEngineOpensNoConnection() async throws {
        try await MockEngine.with { mock in
            #expect(mock.database.log == [])
            #expect(mock.engine.poolStatistics == PoolStatistics())
        }
    }

    @Test func theMinimumSizeIsOpenedAtOnce() async throws {
        try await MockEngine.with {
            $0.minimumSize = 2
        } _: { mock in
            #expect(await eventually { mock.engine.poolStatistics.idle == 2 })
        }
    }

    @Test func aStatementRunsOnAConnectionThatIsResetAndKept() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.execute("SELECT 1")
            try await mock.engine.execute("SELECT 2")
            #expect(
                mock.database.log == ["connect", "1 execute SELECT 1", "1 reset", "1 execute SELECT 2", "1 reset"]
            )
        }
    }

    @Test func anUnknownSchemeIsAnErrorThatNamesIt() throws {
        let url = try DatabaseURL("nosuch://host/db")
        let error = try #require(throws: DatabaseError.self) {
            _ = try Engine(url: url, registry: MockDialect.registry())
        }
        #expect(error.code == .unknownScheme)
        #expect(error.message.contains("nosuch"))
    }

    @Test func aPoolSettingOutOfRangeIsAnError() throws {
        let error = try #require(throws: DatabaseError.self) { _ = try MockEngine { $0.maximumSize = 0 } }
        #expect(error.code == .invalidConfiguration)
    }

    @Test func theDialectsPoolSettingsApplyWhereTheApplicationSetsNone() async throws {
        let database = MockDatabase()
        let engine = try Engine(url: database.url(), registry: MockDialect.registry())
        #expect(engine.pool.configuration.maximumSize == 2)
        await engine.dispose()
    }

    @Test func theErrorOfAnOpeningReachesTheCallerAsItIs() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.connect, with: DatabaseError(.authenticationFailed, "no"))
            let error = try await #require(throws: DatabaseError.self) { try await mock.engine.execute("SELECT 1") }
            #expect(error.code == .authenticationFailed)
            #expect(mock.engine.poolStatistics == PoolStatistics())
        }
    }

    @Test func aStatementsErrorLeavesTheConnectionInThePool() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.execute, with: DatabaseError(.uniqueViolation, "twice"))
            let error = try await #require(throws: DatabaseError.self) { try await mock.engine.execute("INSERT") }
            #expect(error.code == .uniqueViolation)
            try await mock.engine.execute("SELECT 1")
            #expect(mock.database.connectionsEverOpened == 1)
        }
    }

    @Test(arguments: [DatabaseError.Code.connectionLost, .commitOutcomeUnknown, .connectionClosed])
    func aBrokenConnectionIsReplaced(code: DatabaseError.Code) async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.execute, with: DatabaseError(code, "gone"))
            await #expect(throws: DatabaseError.self) { try await mock.engine.execute("SELECT 1") }
            try await mock.engine.execute("SELECT 2")
            #expect(mock.database.connectionsEverOpened == 2)
            #expect(await eventually { mock.database.openConnections == 1 })
        }
    }

    @Test func aConnectionThatCannotBeResetIsReplaced() async throws {
        try await MockEngine.with { mock in
            mock.database.fail(.reset, with: DatabaseError(.other, "no"))
            try await mock.engine.execute("SELECT 1")
            try await mock.engine.execute("SELECT 2")
            #expect(mock.database.connectionsEverOpened == 2)
        }
    }
}

import DialectCore
import Locking
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct EngineLifetimeTests {
    @Test func theScopedFormClosesEverythingAfterANormalReturn() async throws {
        let database = MockDatabase()
        try await Engine.withEngine(url: database.url(), registry: MockDialect.registry()) { engine in
            try await engine.execute("SELECT 1")
        }
        #expect(database.openConnections == 0)
        #expect(database.connectionsEverOpened == 1)
    }

    @Test func theScopedFormClosesEverythingAfterAnError() async throws {
        let database = MockDatabase()
        await #expect(throws: Oops()) {
            try await Engine.withEngine(url: database.url(), registry: MockDialect.registry()) { engine in
                try await engine.execute("SELECT 1")
                throw Oops()
            }
        }
        #expect(database.openConnections == 0)
    }

    @Test func callsAfterDisposeFailAndSaySo() async throws {
        let mock = try MockEngine()
        await mock.engine.dispose()
        let error = try await #require(throws: DatabaseError.self) { try await mock.engine.execute("SELECT 1") }
        #expect(error.code == .poolClosed)
        #expect(error.message.contains("disposed"))
        #expect(mock.database.log == [])
    }

    @Test func disposeIsSafeTwiceAndFromSeveralTasksAtOnce() async throws {
        let mock = try MockEngine()
        try await mock.engine.execute("SELECT 1")
        await withTaskGroup { group in
            for _ in 0..<10 { group.addTask { await mock.engine.dispose() } }
        }
        await mock.engine.dispose()
        #expect(mock.database.log.filter { $0 == "1 close" }.count == 1)
    }

    @Test func disposeWaitsForConnectionsInUse() async throws {
        let mock = try MockEngine()
        mock.database.hold(.execute)
        let user = Task { try await mock.engine.execute("SELECT 1") }
        #expect(await eventually { mock.database.heldCalls(.execute) == 1 })
        let disposing = Task { await mock.engine.dispose() }
        #expect(await eventually { mock.engine.isDisposed })
        #expect(mock.database.openConnections == 1)
        mock.database.release(.execute)
        _ = try await user.value
        await disposing.value
        #expect(mock.database.openConnections == 0)
    }

    @Test func disposeFailsThoseWhoWait() async throws {
        let mock = try MockEngine { $0.maximumSize = 1 }
        let waiting = try await mock.engine.withConnection { _ in
            let waiting = Task { try await mock.engine.execute("SELECT 1") }
            #expect(await eventually { mock.engine.poolStatistics.waiting == 1 })
            let disposing = Task { await mock.engine.dispose() }
            let error = await #expect(throws: DatabaseError.self) { try await waiting.value }
            #expect(error?.code == .poolClosed)
            return disposing
        }
        await waiting.value
    }

    @Test func disposeEndsAnOpeningThatHangs() async throws {
        let mock = try MockEngine()
        mock.database.hold(.connect)
        let user = Task { try await mock.engine.execute("SELECT 1") }
        #expect(await eventually { mock.database.heldCalls(.connect) == 1 })
        await mock.engine.dispose()
        let error = await #expect(throws: DatabaseError.self) { try await user.value }
        #expect(error?.code == .poolClosed)
    }

    @Test func runDisposesWhenItsTaskIsCancelled() async throws {
        let mock = try MockEngine()
        try await mock.engine.execute("SELECT 1")
        let running = Task { try await mock.engine.run() }
        running.cancel()
        try await running.value
        #expect(mock.database.openConnections == 0)
    }

    @Test func runDisposesWhenItsServiceGroupShutsDownGracefully() async throws {
        let mock = try MockEngine()
        try await mock.engine.execute("SELECT 1")
        let group = ServiceGroup(
            services: [mock.engine],
            logger: .init(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        async let running: Void = group.run()
        await group.triggerGracefulShutdown()
        try await running
        #expect(mock.database.openConnections == 0)
    }

    @Test func aSecondRunIsAnError() async throws {
        let mock = try MockEngine()
        let first = Task { try await mock.engine.run() }
        #expect(await eventually { mock.engine.isRunning.withLock { $0 } })
        await #expect(throws: DatabaseError.self) { try await mock.engine.run() }
        first.cancel()
        try await first.value
    }

    @Test func anEngineThatIsLetGoOfIsNotKeptByItsTimer() async throws {
        weak var pool: ConnectionPool?
        do {
            let mock = try MockEngine { $0.idleTimeout = .seconds(60) }
            try await mock.engine.execute("SELECT 1")
            #expect(await eventually { mock.clock.deadlines.isEmpty == false })
            pool = mock.engine.pool
        }
        #expect(await eventually { pool == nil })
    }
}

extension Engine {
    fileprivate var isDisposed: Bool { pool.state.withLock { $0.machine.phase } != .running }
}

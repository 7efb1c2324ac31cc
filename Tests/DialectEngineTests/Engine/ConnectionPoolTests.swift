import DialectCore
import Locking
import TestSupport
import Testing

@testable import DialectEngine

@Suite struct ConnectionPoolTests {
    @Test func aCheckoutTimesOutAndSaysWhy() async throws {
        try await MockEngine.with {
            $0.maximumSize = 1
        } _: { mock in
            let engine = mock.engine
            try await engine.withConnection { connection in
                try await connection.execute("UPDATE jobs SET state = \("secret")")
                let waiting = Task { try await engine.execute("SELECT 1") }
                #expect(await eventually { mock.isWaiting(for: .seconds(30)) })
                mock.clock.advance(by: .seconds(30))
                let error = try await #require(throws: DatabaseError.self) { try await waiting.value }
                #expect(error.code == .poolTimeout)
                #expect(error.message.contains("30.0 seconds"))
                #expect(error.message.contains("1 of at most 1"))
                #expect(error.message.contains("ConnectionPoolTests.swift:14 for 30.0 seconds"), "\(error)")
                #expect(error.message.contains("(last statement: UPDATE jobs SET state = ?)"), "\(error)")
                #expect(!error.message.contains("secret"))
            }
        }
    }

    @Test func aTimeoutWhileNothingCanBeOpenedHasTheReason() async throws {
        try await MockEngine.with {
            $0.maximumSize = 1
            $0.checkoutTimeout = .milliseconds(40)
        } _: { mock in
            mock.database.fail(.connect, with: DatabaseError(.connectionFailed, "refused"))
            await #expect(throws: DatabaseError.self) { try await mock.engine.execute("SELECT 1") }
            let waiting = Task { try await mock.engine.execute("SELECT 2") }
            #expect(await eventually { mock.isWaiting(for: .milliseconds(40)) })
            mock.clock.advance(by: .milliseconds(40))
            let error = try await #require(throws: DatabaseError.self) { try await waiting.value }
            #expect(error.code == .poolTimeout)
            #expect((error.underlying as? DatabaseError)?.message == "refused")
        }
    }

    @Test func anOpeningThatHangsFailsAfterTheConnectTimeout() async throws {
        try await MockEngine.with { mock in
            mock.database.hold(.connect)
            let waiting = Task { try await mock.engine.execute("SELECT 1") }
            #expect(await eventually { mock.clock.deadlines.contains(.seconds(10)) })
            mock.clock.advance(by: .seconds(10))
            let error = try await #require(throws: DatabaseError.self) { try await waiting.value }
            #expect(error.code == .connectionFailed)
            #expect(error.message.contains("10.0 seconds"))
            mock.database.release(.connect)
        }
    }

    @Test func idleConnectionsThatTheServerEndedAreDroppedInOneGo() async throws {
        try await MockEngine.with {
            $0.maximumSize = 4
        } _: { mock in
            try await mock.fill(4)
            mock.database.loseConnections()
            mock.database.clearLog()
            for number in 0..<100 { try await mock.engine.execute("SELECT \(number)") }
            #expect(mock.database.log.count { $0.contains("close") } == 4)
            #expect(mock.database.log.count { $0.contains("connect") } == 1)
            #expect(mock.database.log.count { $0.contains("ping") } == 0)
        }
    }

    @Test func aConnectionIdleForLongIsPingedAndReplacedWhenItIsDead() async throws {
        try await MockEngine.with {
            $0.pingAfterIdle = .seconds(1)
        } _: { mock in
            try await mock.engine.execute("SELECT 1")
            mock.clock.advance(by: .seconds(2))
            mock.database.fail(.ping, with: DatabaseError(.connectionLost, "gone"))
            try await mock.engine.execute("SELECT 2")
            #expect(mock.database.log.contains("1 ping"))
            #expect(mock.database.log.contains("2 execute SELECT 2"))
        }
    }

    @Test func anIdleConnectionIsClosedAfterTheIdleTimeout() async throws {
        try await MockEngine.with {
            $0.idleTimeout = .seconds(60)
        } _: { mock in
            try await mock.engine.execute("SELECT 1")
            #expect(await eventually { !mock.clock.deadlines.isEmpty })
            mock.clock.advance(by: .seconds(60))
            #expect(await eventually { mock.database.openConnections == 0 })
        }
    }

    @Test func openingIsRetriedAfterTheBackoff() async throws {
        try await MockEngine.with {
            $0.maximumSize = 1
        } _: { mock in
            mock.database.fail(.connect, with: DatabaseError(.connectionFailed, "refused"))
            await #expect(throws: DatabaseError.self) { try await mock.engine.execute("SELECT 1") }
            let waiting = Task { try await mock.engine.execute("SELECT 2") }
            #expect(await eventually { mock.isWaiting(for: .milliseconds(100)) })
            mock.clock.advance(by: .milliseconds(100))
            _ = try await waiting.value
        }
    }

    @Test func anEarlierDeadlineReplacesTheTimer() async throws {
        try await MockEngine.with {
            $0.maximumSize = 1
            $0.idleTimeout = .seconds(600)
        } _: { mock in
            try await mock.engine.execute("SELECT 1")
            let engine = mock.engine
            try await engine.withConnection { _ in
                let waiting = Task { try await engine.execute("SELECT 2") }
                #expect(await eventually { mock.clock.deadlines == [.seconds(30)] })
                waiting.cancel()
                await #expect(throws: DatabaseError.self) { try await waiting.value }
            }
        }
    }

    /// Actions are performed outside of the lock, so threads may perform them in another order.
    @Test func theTimerOfTheLaterDecisionStaysWhicheverIsPerformedFirst() async throws {
        try await MockEngine.with { mock in
            let pool = mock.engine.pool
            let (late, early) = (PoolInstant(nanoseconds: 100), PoolInstant(nanoseconds: 50))
            pool.state.withLock { $0.machine.timer = late }
            pool.state.withLock { $0.machine.timer = early }
            pool.perform(.schedule(early))
            pool.perform(.schedule(late))
            #expect(await eventually { mock.clock.deadlines == [.nanoseconds(50)] })
        }
    }

    @Test func invalidatedConnectionsAreReplaced() async throws {
        try await MockEngine.with { mock in
            try await mock.engine.execute("SELECT 1")
            mock.engine.invalidateConnections()
            try await mock.engine.execute("SELECT 2")
            #expect(mock.database.log.contains("2 execute SELECT 2"))
            #expect(await eventually { mock.database.openConnections == 1 })
        }
    }
}

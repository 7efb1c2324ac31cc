import DialectCore
import InMemoryLogging
import InMemoryTracing
import Logging
import MetricsTestKit
import TestSupport
import Testing
import Tracing

@testable import DialectEngine

/// What a crowded pool tells.
@Suite struct ObservabilityTests {
    @Test func countsAndTimesGoToTheMetrics() async throws {
        let backend = TestMetrics()
        let name = [("db.client.connection.pool.name", "mock/test")]
        try await MockEngine.with({ $0.maximumSize = 1 }, metrics: PoolMetrics(pool: "mock/test", factory: backend)) {
            mock in
            try await mock.engine.withConnection { _ in
                let used = try count("used", backend)
                #expect(used == [1])
                mock.clock.advance(by: .milliseconds(3))
                let waiting = Task { try await mock.engine.execute("SELECT 1") }
                #expect(await eventually { mock.isWaiting(for: .milliseconds(30_003)) })
                mock.clock.advance(by: .seconds(30))
                await #expect(throws: DatabaseError.self) { try await waiting.value }
            }
            #expect(try backend.expectTimer("db.client.connection.use_time", name).lastValue == 30_003_000_000)
            #expect(try backend.expectTimer("db.client.connection.wait_time", name).values == [0])
            #expect(try backend.expectTimer("db.client.connection.create_time", name).values.count == 1)
            #expect(try backend.expectCounter("db.client.connection.timeouts", name).totalValue == 1)
            let (used, idle) = (try count("used", backend), try count("idle", backend))
            #expect(used.last == 0)
            #expect(idle.last == 1)
            await mock.engine.dispose()
            let closed = name + [("reason", "shutdown")]
            #expect(try backend.expectCounter("db.client.connection.closed", closed).totalValue == 1)
        }
    }

    /// What was recorded about connections in a state, without repetitions.
    private func count(_ state: String, _ backend: TestMetrics) throws -> [Double] {
        let dimensions = [
            ("db.client.connection.pool.name", "mock/test"), ("db.client.connection.state", state),
        ]
        let values = try backend.expectGauge("db.client.connection.count", dimensions).values
        return values.enumerated().filter { $0.offset == 0 || values[$0.offset - 1] != $0.element }.map(\.element)
            .filter { $0 != 0 || state != "used" || values.last == 0 }
    }

    @Test func withoutABackendThereAreNeitherMetricsNorSpans() {
        #expect(PoolMetrics(pool: "mock/test") == nil)
        #expect(EngineTracing(dialect: "Mock") == nil)
    }

    @Test func aStatementIsASpanWithItsTextAndWithoutItsValues() async throws {
        let tracer = InMemoryTracer()
        try await MockEngine.with(tracing: EngineTracing(dialect: "Mock", tracer: tracer)) { mock in
            mock.database.fail(.execute, with: DatabaseError(.uniqueViolation, "Taken."))
            await #expect(throws: DatabaseError.self) {
                try await mock.engine.execute("insert INTO users (name) VALUES (\("secret"))")
            }
        }
        let span = try #require(tracer.finishedSpans.first { $0.operationName == "INSERT" })
        #expect(span.kind == .client && span.status?.code == .error)
        #expect(span.attributes.get("db.system.name") == .string("mock"))
        #expect(span.attributes.get("db.query.text") == .string("insert INTO users (name) VALUES (?)"))
        #expect(span.attributes.get("error.type") == .string("uniqueViolation"))
        #expect(!"\(tracer.finishedSpans)".contains("secret"))
    }

    @Test func aCheckoutThatWaitsIsASpan() async throws {
        let tracer = InMemoryTracer()
        try await MockEngine.with(tracing: EngineTracing(dialect: "Mock", tracer: tracer)) { mock in
            try await mock.engine.withConnection { _ in }
            try await mock.engine.withConnection { _ in }
        }
        #expect(tracer.finishedSpans.map(\.operationName) == ["checkout"])
    }

    @Test func aConnectionThatIsOutForLongIsReportedOnce() async throws {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test", factory: { _ in handler })
        logger.logLevel = .warning
        try await MockEngine.with({ $0.leakThreshold = .seconds(10) }, logger: logger) { mock in
            try await mock.engine.withConnection { connection in
                try await connection.execute("SELECT 1")
                for second in stride(from: 5, through: 30, by: 5) {
                    #expect(await eventually { mock.clock.deadlines.contains(.seconds(second)) })
                    mock.clock.advance(by: .seconds(5))
                }
                #expect(await eventually { !handler.entries.isEmpty })
            }
        }
        #expect(handler.entries.count == 1)
        let held = "\(handler.entries.first?.metadata["held"] ?? "")"
        #expect(held.contains("ObservabilityTests.swift:") && held.contains("(last statement: SELECT 1)"), "\(held)")
    }

    @Test func aTaskThatWaitsForItselfIsToldAtOnce() async throws {
        try await MockEngine.with({ $0.maximumSize = 1 }) { mock in
            try await mock.engine.withConnection { _ in
                let error = await #expect(throws: DatabaseError.self) { try await mock.engine.execute("SELECT 1") }
                #expect(error?.code == .poolDeadlock, "\(error as Any)")
                #expect(error?.message.contains("ObservabilityTests.swift:") == true)
            }
            try await mock.engine.execute("SELECT 2")
        }
    }

    @Test func tasksThatWaitForEachOtherAreFreedByTheLastOfThem() async throws {
        try await MockEngine.with({ $0.maximumSize = 2 }) { mock in
            let engine = mock.engine
            let both = AsyncStream.makeStream(of: Void.self)
            let waiting = Task {
                try await engine.withConnection { _ in
                    both.continuation.finish()
                    try await engine.execute("SELECT 1")
                }
            }
            try await engine.withConnection { _ in
                for await _ in both.stream {}
                #expect(await eventually { engine.poolStatistics.waiting == 1 })
                let error = await #expect(throws: DatabaseError.self) { try await engine.execute("SELECT 2") }
                #expect(error?.code == .poolDeadlock)
            }
            // The connection that came back is the one that the other task waits for.
            try await waiting.value
        }
    }

    @Test func aTaskThatHasAConnectionMayWaitForOneOfAnotherTask() async throws {
        try await MockEngine.with({ $0.maximumSize = 2 }) { mock in
            let engine = mock.engine
            let (release, continuation) = AsyncStream.makeStream(of: Void.self)
            let other = Task { try await engine.withConnection { _ in for await _ in release {} } }
            try await engine.withConnection { _ in
                #expect(await eventually { engine.poolStatistics.inUse == 2 })
                let freeing = Task {
                    #expect(await eventually { engine.poolStatistics.waiting == 1 })
                    continuation.finish()
                }
                try await engine.execute("SELECT 1")
                await freeing.value
            }
            try await other.value
        }
    }
}

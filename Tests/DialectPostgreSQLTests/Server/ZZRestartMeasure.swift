#if PostgreSQL
import DialectCore
import DialectEngine
import Foundation
import Locking
import Testing
import TestSupport

@testable import DialectPostgreSQL

@Suite(.serialized) struct ZZRestartMeasurePG {
    @Test(arguments: [ServerStop.fast, .immediate]) func measure(mode: ServerStop) async throws {
        try await PostgreSQLServer.with { server in
            let url = server.url(database: "postgres")
            try await Engine.withEngine(url: url) { engine in
                for _ in 0..<5 {
                    let success = Locked<ContinuousClock.Instant?>(nil)
                    let failures = Locked(0)
                    let workers = (0..<8).map { _ in
                        Task {
                            while !Task.isCancelled {
                                let began = ContinuousClock.now
                                do {
                                    try await engine.execute("SELECT 1")
                                    let now = ContinuousClock.now
                                    if began.duration(to: .now) > .milliseconds(150) { print("  engine success took", began.duration(to: .now) / .milliseconds(1)) }
                                    if failures.withLock({ $0 }) > 0 { success.withLock { if $0 == nil { $0 = now } } }
                                } catch {
                                    if began.duration(to: .now) > .milliseconds(150) { print("  engine failure took", began.duration(to: .now) / .milliseconds(1), "\(error)".prefix(120)) }
                                    failures.withLock { $0 += 1 }
                                    success.withLock { $0 = nil }
                                }
                            }
                        }
                    }
                    try await Task.sleep(for: .milliseconds(200))
                    try await server.stop(mode: mode)
                    let plain = Task {
                        while true {
                            let begin = ContinuousClock.now
                            do {
                                try await withSession(url) { _ in }
                                let took = begin.duration(to: .now) / .milliseconds(1)
                                print("  plain success took", took)
                                return ContinuousClock.now
                            } catch {
                                let took = begin.duration(to: .now) / .milliseconds(1)
                                if took > 20 { print("  plain failure took", took, "\(error)".prefix(120)) }
                                try await Task.sleep(for: .milliseconds(2))
                            }
                        }
                    }
                    try await server.start()
                    let ready = try await plain.value
                    while success.withLock({ $0 }) == nil { try await Task.sleep(for: .milliseconds(5)) }
                    let first = success.withLock { $0 }!
                    for worker in workers { worker.cancel() }
                    for worker in workers { await worker.value }
                    print("FIGURE PostgreSQL \(mode) \(ready.duration(to: first) / .milliseconds(1)) ms, failures \(failures.withLock { $0 })")
                }
            }
        }
    }
}
#endif
